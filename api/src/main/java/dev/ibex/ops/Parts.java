package dev.ibex.ops;

import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.family.TNumber;

/** Parts of one axis while ops are emitted; places count from the end if they are negative. */
final class Parts {
  private Parts() {}

  /** Returns the places from one on. */
  static Operand<TNumber> from(Ops tf, Operand<TNumber> x, int axis, int start) {
    return of(tf, x, axis, start, 0, false, true);
  }

  /** Returns the places to before one. */
  static Operand<TNumber> to(Ops tf, Operand<TNumber> x, int axis, int stop) {
    return of(tf, x, axis, 0, stop, true, false);
  }

  /** Returns the places from one to before another. */
  static Operand<TNumber> between(Ops tf, Operand<TNumber> x, int axis, int start, int stop) {
    return of(tf, x, axis, start, stop, false, false);
  }

  private static Operand<TNumber> of(
      Ops tf, Operand<TNumber> x, int axis, int start, int stop, boolean fromBegin, boolean toEnd) {
    int[] begin = new int[axis + 1];
    int[] end = new int[axis + 1];
    int[] strides = new int[axis + 1];
    Arrays.fill(strides, 1);
    begin[axis] = start;
    end[axis] = stop;
    long others = (1L << axis) - 1;
    long here = 1L << axis;
    return tf.stridedSlice(
        x,
        tf.constant(begin),
        tf.constant(end),
        tf.constant(strides),
        StridedSlice.beginMask(others | (fromBegin ? here : 0)),
        StridedSlice.endMask(others | (toEnd ? here : 0)));
  }
}
