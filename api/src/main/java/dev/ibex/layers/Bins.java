package dev.ibex.layers;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Bins that span an axis: bin i goes from floor(i · in / out) to ceil((i + 1) · in / out), so that
 * their sizes differ by 1 at most.
 */
record Bins(int in, int out) {
  private int start(int i) {
    return (int) ((long) i * in / out);
  }

  private int size(int i) {
    return (int) (((i + 1L) * in + out - 1) / out) - start(i);
  }

  private int smallest() {
    return (in + out - 1) / out;
  }

  /** Emits pooling of each bin along an axis, with channels last. */
  Operand<TNumber> pool(Ops tf, String op, Operand<TNumber> x, int axis) {
    int small = smallest();
    if (in % out == 0) {
      return Pools.along(tf, op, x, axis, small, small);
    }
    // windows of both sizes at all places, of which each bin is one
    Operand<TNumber> all = Pools.along(tf, op, x, axis, small, 1);
    if (IntStream.range(0, out).anyMatch(i -> size(i) > small)) {
      all = tf.concat(List.of(all, Pools.along(tf, op, x, axis, small + 1, 1)), tf.constant(axis));
    }
    int larger = in - small + 1;
    int[] places =
        IntStream.range(0, out).map(i -> start(i) + (size(i) > small ? larger : 0)).toArray();
    return tf.gather(all, tf.constant(places), tf.constant(axis));
  }
}
