package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Min;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TNumber;

/** Lengths of vectors and matrices, and logarithms of sums. */
final class Norms {
  private Norms() {}

  static void add(Rows rows) {
    rows.one("Norm(x; ord=None, axis=None, keepdims=False)", Norms::infer, Norms::norm);
  }

  /** Adds the row of the module of mathematics. */
  static void addMath(Rows rows) {
    rows.one(
        "Logsumexp(x; axis=None, keepdims=False)",
        c -> {
          Specs.floating(c, "x");
          return Specs.reduced(c, "axis");
        },
        Norms::logsumexp);
  }

  private static DType type(OperationCall c) {
    return Promotion.withFraction(c.spec("x").dtype());
  }

  private static int[] axes(OperationCall c) {
    int[] axes = c.axes("axis", c.rank("x"));
    if (axes.length < 1 || axes.length > 2) {
      throw new ShapeException(
          "axis: expected one axis, or two, got " + axes.length + " of " + c.spec("x"));
    }
    return axes;
  }

  private static boolean named(OperationCall c) {
    return c.argument("ord") instanceof Argument.Literal l && l.value() instanceof String;
  }

  private static TensorSpec infer(OperationCall c) {
    boolean matrix = axes(c).length == 2;
    if (named(c)) {
      String ord = c.text("ord");
      Check.that(
          matrix && (ord.equals("fro") || ord.equals("nuc")),
          "ord: expected a number, or \"fro\" or \"nuc\" for two axes, got \"%s\"",
          ord);
    } else if (!c.isNone("ord")) {
      double ord = Math.abs(c.number("ord"));
      Check.that(
          !matrix || ord == 1 || ord == 2 || Double.isInfinite(ord),
          "ord: expected 1, 2 or infinity for two axes, or one of them negated, got %s",
          c.number("ord"));
    }
    return Specs.reduced(c, "axis").withDType(type(c));
  }

  private static Operand<TNumber> norm(OperationCall c) {
    Operand<TNumber> x = c.operand("x", type(c));
    int[] axes = axes(c);
    boolean matrix = axes.length == 2;
    boolean euclid = c.isNone("ord") || (named(c) && c.text("ord").equals("fro"));
    if (euclid || (!matrix && c.number("ord") == 2)) {
      return c.tf().math.sqrt(sum(c, c.tf().math.square(x), axes));
    } else if (named(c)) {
      return singular(c, x, axes, 0);
    }
    return matrix ? ofMatrix(c, x, axes, c.number("ord")) : ofVector(c, x, axes, c.number("ord"));
  }

  private static Operand<TNumber> ofVector(
      OperationCall c, Operand<TNumber> x, int[] axes, double ord) {
    Ops tf = c.tf();
    if (ord == 0) {
      Operand<?> differs = tf.math.notEqual(x, Sizes.like(tf, x, 0));
      return sum(c, Numbers.cast(tf, differs, Numbers.dtype(x)), axes);
    } else if (Double.isInfinite(ord)) {
      return extreme(c, tf.math.abs(x), axes, ord > 0);
    }
    Operand<TNumber> powers = tf.math.pow(tf.math.abs(x), Sizes.like(tf, x, ord));
    return tf.math.pow(sum(c, powers, axes), Sizes.like(tf, x, 1 / ord));
  }

  private static Operand<TNumber> ofMatrix(
      OperationCall c, Operand<TNumber> x, int[] axes, double ord) {
    if (Math.abs(ord) == 2) {
      return singular(c, x, axes, ord);
    }
    Ops tf = c.tf();
    int summed = Math.abs(ord) == 1 ? axes[0] : axes[1];
    int compared = Math.abs(ord) == 1 ? axes[1] : axes[0];
    Operand<TNumber> sums = tf.sum(tf.math.abs(x), tf.constant(summed), Sum.keepDims(true));
    Operand<TNumber> y =
        ord > 0
            ? tf.max(sums, tf.constant(compared), Max.keepDims(true))
            : tf.min(sums, tf.constant(compared), Min.keepDims(true));
    return c.flag("keepdims") ? y : tf.sum(y, tf.constant(axes));
  }

  /** Returns the largest or the smallest singular value, or their sum for 0. */
  private static Operand<TNumber> singular(
      OperationCall c, Operand<TNumber> x, int[] axes, double ord) {
    Ops tf = c.tf();
    Operand<TNumber> matrices = Sizes.permute(tf, x, Sizes.last(c.rank("x"), axes));
    Operand<TNumber> values = Decompositions.singularValues(tf, matrices);
    Operand<TNumber> y =
        ord == 0
            ? tf.sum(values, tf.constant(-1))
            : ord > 0 ? tf.max(values, tf.constant(-1)) : tf.min(values, tf.constant(-1));
    if (c.flag("keepdims")) {
      for (int axis : IntStream.of(axes).sorted().toArray()) {
        y = tf.expandDims(y, tf.constant(axis));
      }
    }
    return y;
  }

  private static Operand<TNumber> sum(OperationCall c, Operand<TNumber> x, int[] axes) {
    return c.tf().sum(x, c.tf().constant(axes), Sum.keepDims(c.flag("keepdims")));
  }

  private static Operand<TNumber> extreme(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean largest) {
    return Extremes.reduced(c, x, axes, c.flag("keepdims"), largest);
  }

  private static Operand<TNumber> logsumexp(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    int[] axes = c.axes("axis", c.rank("x"));
    Operand<TNumber> largest = tf.max(x, tf.constant(axes), Max.keepDims(true));
    Operand<TNumber> finite =
        tf.stopGradient(tf.select(tf.math.isFinite(largest), largest, tf.zerosLike(largest)));
    Operand<TNumber> sum =
        tf.sum(tf.math.exp(tf.math.sub(x, finite)), tf.constant(axes), Sum.keepDims(true));
    Operand<TNumber> y = tf.math.add(tf.math.log(sum), finite);
    return c.flag("keepdims") ? y : tf.sum(y, tf.constant(axes));
  }
}
