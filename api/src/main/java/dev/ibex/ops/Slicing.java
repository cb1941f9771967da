package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Blocks of a tensor, taken out or put in, whose first place may be computed. */
final class Slicing {
  private static final String WHOLE = "inputs";
  private static final String START = "start_indices";

  private Slicing() {}

  static void add(Rows rows) {
    rows.one("Slice(inputs, start_indices; shape)", Slicing::taken, Slicing::slice);
    rows.one("SliceUpdate(inputs, start_indices, updates)", Slicing::updated, Slicing::update);
  }

  private static boolean computed(OperationCall c) {
    return c.argument(START).tensors().findAny().isPresent();
  }

  /** Checks that there is a first place for each axis. */
  private static void checkStart(OperationCall c) {
    int rank = c.rank(WHOLE);
    boolean one = c.rank(START) == 1 && Specs.agree(c.shape(START).get(0), rank);
    Check.that(
        one && !c.spec(START).dtype().isFloating(),
        "%s: expected %d whole numbers, got %s",
        START,
        rank,
        c.spec(START));
  }

  private static TensorSpec taken(OperationCall c) {
    checkStart(c);
    Shape in = c.shape(WHOLE);
    int[] shape = c.integers("shape");
    Check.that(
        shape.length == c.rank(WHOLE),
        "shape: expected %d sizes, got %d",
        c.rank(WHOLE),
        shape.length);
    long[] sizes = new long[shape.length];
    for (int i = 0; i < sizes.length; i++) {
      long begin = start(c, i);
      long rest = in.get(i) < 0 || begin < 0 ? -1 : in.get(i) - begin;
      sizes[i] = shape[i] >= 0 ? shape[i] : rest;
      if (shape[i] < -1 || (rest >= 0 && sizes[i] > rest) || (!computed(c) && begin < 0)) {
        throw new ShapeException(
            "axis " + i + " of " + c.spec(WHOLE) + " has no " + shape[i] + " places from " + begin);
      }
    }
    return c.spec(WHOLE).withShape(Shape.of(sizes));
  }

  /** Returns a first place; -1 if it is computed. */
  private static long start(OperationCall c, int axis) {
    if (computed(c)) {
      return -1;
    }
    return c.argument(START) instanceof Argument.Constant a
        ? (long) a.array().number(axis)
        : c.integers(START)[axis];
  }

  private static Operand<TNumber> slice(OperationCall c) {
    Operand<TInt32> begin = Numbers.as(c.operand(START, DType.INT32));
    return c.tf().slice(c.operand(WHOLE), begin, c.tf().constant(c.integers("shape")));
  }

  private static TensorSpec updated(OperationCall c) {
    checkStart(c);
    TensorSpec in = c.spec(WHOLE);
    TensorSpec updates = c.spec("updates");
    Check.that(
        updates.dtype() == in.dtype(),
        "updates: expected the type of inputs, %s, got %s",
        in,
        updates);
    boolean fits = updates.rank() == in.rank();
    for (int i = 0; fits && i < in.rank(); i++) {
      long a = in.shape().get(i);
      long b = updates.shape().get(i);
      fits = a < 0 || b < 0 || b <= a;
    }
    if (!fits) {
      throw new ShapeException("updates: expected a block of " + in + ", got " + updates);
    }
    return in;
  }

  /** The block is moved where it fits, as Keras does it. */
  private static Operand<TNumber> update(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand(WHOLE);
    Operand<TNumber> updates = c.operand("updates");
    Operand<TInt32> free = tf.math.sub(Sizes.of(tf, x), Sizes.of(tf, updates));
    Operand<TInt32> start = Numbers.as(c.operand(START, DType.INT32));
    Operand<TInt32> before = tf.math.maximum(tf.math.minimum(start, free), tf.constant(0));
    Operand<TInt32> widths =
        tf.linalg.transpose(
            tf.stack(List.of(before, tf.math.sub(free, before))), tf.constant(new int[] {1, 0}));
    Operand<TInt32> ones = tf.fill(Sizes.of(tf, updates), tf.constant(1));
    Operand<TBool> inside = tf.math.equal(tf.pad(ones, widths, tf.constant(0)), tf.constant(1));
    return tf.select(inside, tf.pad(updates, widths, Sizes.like(tf, updates, 0)), x);
  }
}
