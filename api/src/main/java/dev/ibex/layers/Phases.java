package dev.ibex.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * A convolution over images, channels last, out of a plain one: without steps, dilation or padding.
 */
final class Phases {
  private static final long ALL_AXES = 0b1111;

  private Phases() {}

  /**
   * Emits it: the plain convolution over each phase of the dilated windows, and of its result what
   * the steps hit.
   */
  static Operand<TNumber> of(
      Ops tf, Operand<TNumber> x, Windows w, UnaryOperator<Operand<TNumber>> plain) {
    List<Operand<TInt32>> paddings = new ArrayList<>();
    List<Operand<TInt32>> crops = new ArrayList<>();
    Operand<TInt32> zero = tf.constant(0);
    for (int i = 0; i < 2; i++) {
      Operand<TInt32> size = tf.gather(tf.shape(x), tf.constant(i + 1), zero);
      Operand<TInt32> missing = missing(tf, size, w, i);
      Operand<TInt32> before = tf.math.floorDiv(missing, tf.constant(2));
      Operand<TInt32> rest =
          tf.math.floorMod(
              tf.math.neg(tf.math.add(size, missing)), tf.constant(w.dilation().get(i)));
      paddings.add(tf.stack(List.of(before, tf.math.add(tf.math.sub(missing, before), rest))));
      crops.add(tf.stack(List.of(zero, rest)));
    }
    Operand<TInt32> block = tf.constant(new int[] {w.dilation().get(0), w.dilation().get(1)});
    Operand<TNumber> y = plain.apply(tf.spaceToBatchNd(x, block, tf.stack(paddings)));
    return stepped(tf, tf.batchToSpaceNd(y, block, tf.stack(crops)), w);
  }

  /** Returns how many zeros an axis of the given size lacks before and after it, together. */
  private static Operand<TInt32> missing(Ops tf, Operand<TInt32> size, Windows w, int i) {
    if (w.padding() == Padding.VALID) {
      return tf.constant(0);
    }
    int step = w.strides().get(i);
    int beyond = (w.size().get(i) - 1) * w.dilation().get(i) + 1 - step;
    Operand<TInt32> rest = tf.math.floorMod(tf.math.neg(size), tf.constant(step));
    return tf.math.maximum(tf.math.add(rest, tf.constant(beyond)), tf.constant(0));
  }

  private static Operand<TNumber> stepped(Ops tf, Operand<TNumber> y, Windows w) {
    if (Collections.max(w.strides()) == 1) {
      return y;
    }
    int[] steps = {1, w.strides().get(0), w.strides().get(1), 1};
    return tf.stridedSlice(
        y,
        tf.constant(new int[4]),
        tf.constant(new int[4]),
        tf.constant(steps),
        StridedSlice.beginMask(ALL_AXES),
        StridedSlice.endMask(ALL_AXES));
  }
}
