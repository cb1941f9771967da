package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Min;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** The largest and the smallest along axes, and where they are. */
final class Extremes {
  private Extremes() {}

  static void add(Rows rows) {
    rows.one(
        "Max(x; axis=None, keepdims=False, initial=None)",
        Extremes::bounded,
        c -> initial(c, reduced(c, true), true));
    rows.one(
        "Min(x; axis=None, keepdims=False, initial=None)",
        Extremes::bounded,
        c -> initial(c, reduced(c, false), false));
    rows.one("Amax(x; axis=None, keepdims=False)", Extremes::spec, c -> reduced(c, true));
    rows.one("Amin(x; axis=None, keepdims=False)", Extremes::spec, c -> reduced(c, false));
    rows.one(
        "Ptp(x; axis=None, keepdims=False)",
        c -> Specs.numeric(spec(c)),
        c -> c.tf().math.sub(reduced(c, true), reduced(c, false)));
    rows.one("Argmax(x; axis=None, keepdims=False)", Extremes::place, c -> placeOf(c, true));
    rows.one("Argmin(x; axis=None, keepdims=False)", Extremes::place, c -> placeOf(c, false));
  }

  private static TensorSpec spec(OperationCall c) {
    return Specs.reduced(c, "axis");
  }

  private static TensorSpec bounded(OperationCall c) {
    DType type = c.spec("x").dtype();
    if (!c.isNone("initial") && !type.isFloating() && c.number("initial") % 1 != 0) {
      throw c.expected("initial", "a whole number for " + type.lowerName());
    }
    return spec(c);
  }

  private static Operand<TNumber> reduced(OperationCall c, boolean largest) {
    return reduced(c, c.operand("x"), c.axes("axis", c.rank("x")), c.flag("keepdims"), largest);
  }

  /** Returns the largest or the smallest of numbers or truth values. */
  static Operand<TNumber> reduced(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean keep, boolean largest) {
    Ops tf = c.tf();
    if (Numbers.dtype(x) == DType.BOOL) {
      return Numbers.of(
          largest ? Reductions.any(c, x, axes, keep) : Reductions.all(c, x, axes, keep));
    }
    return largest
        ? tf.max(x, tf.constant(axes), Max.keepDims(keep))
        : tf.min(x, tf.constant(axes), Min.keepDims(keep));
  }

  private static Operand<?> initial(OperationCall c, Operand<TNumber> y, boolean largest) {
    Ops tf = c.tf();
    if (c.isNone("initial")) {
      return y;
    } else if (Numbers.dtype(y) == DType.BOOL) {
      Operand<TBool> given = tf.constant((int) c.number("initial") > 0);
      return largest
          ? tf.math.logicalOr(Numbers.as(y), given)
          : tf.math.logicalAnd(Numbers.as(y), given);
    }
    Operand<TNumber> given = c.operand("initial", Numbers.dtype(y));
    return largest ? tf.math.maximum(y, given) : tf.math.minimum(y, given);
  }

  private static TensorSpec place(OperationCall c) {
    if (!c.isNone("axis")) {
      c.integer("axis");
    }
    return spec(c).withDType(DType.INT32);
  }

  private static Operand<?> placeOf(OperationCall c, boolean largest) {
    DType type = c.spec("x").dtype();
    Operand<TNumber> x =
        c.operand("x", type.isFloating() ? type.atLeastFloat32() : comparable(type));
    return placeOf(c, type.isFloating() ? belowZero(c.tf(), x) : x, largest);
  }

  private static DType comparable(DType type) {
    return type == DType.BOOL ? DType.INT32 : type;
  }

  /** Makes -0 less than 0, as Keras has it. */
  private static Operand<TNumber> belowZero(Ops tf, Operand<TNumber> x) {
    DType type = Numbers.dtype(x);
    double tiny = type == DType.FLOAT64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    Operand<TNumber> zero = Numbers.constant(tf, x, 0);
    Operand<TBool> negativeZero =
        tf.math.logicalAnd(tf.math.equal(x, zero), tf.math.less(tf.math.reciprocal(x), zero));
    return tf.select(negativeZero, Numbers.constant(tf, x, -tiny), x);
  }

  private static Operand<?> placeOf(OperationCall c, Operand<TNumber> x, boolean largest) {
    Ops tf = c.tf();
    boolean all = c.isNone("axis");
    Operand<TNumber> in = all ? Sizes.flat(tf, x) : x;
    int axis = all ? 0 : c.axis("axis", c.rank("x"));
    Operand<TInt32> place =
        largest
            ? tf.math.argMax(in, tf.constant(axis), TInt32.class)
            : tf.math.argMin(in, tf.constant(axis), TInt32.class);
    if (!c.flag("keepdims")) {
      return place;
    }
    int[] ones = new int[c.rank("x")];
    Arrays.fill(ones, 1);
    return all ? tf.reshape(place, tf.constant(ones)) : tf.expandDims(place, tf.constant(axis));
  }
}
