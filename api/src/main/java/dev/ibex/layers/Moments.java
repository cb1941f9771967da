package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** Mean and biased variance over some axes, which stay with size 1. */
record Moments(Operand<TNumber> mean, Operand<TNumber> variance) {
  /** What Keras adds to the number of unmasked values. */
  private static final double EPSILON = 1e-7;

  /** Emits the statistics of x over the given axes, where the call's mask counts. */
  static Moments of(Call call, Operand<TNumber> x, int[] axes) {
    return call.mask(0).isPresent()
        ? masked(call, x, axes, call.mask(0).get())
        : of(call.tf(), x, axes);
  }

  /** Emits the statistics of x over the given axes. */
  static Moments of(Ops tf, Operand<TNumber> x, int[] axes) {
    Operand<TNumber> mean = tf.math.mean(x, tf.constant(axes), Mean.keepDims(true));
    Operand<TNumber> squares = tf.math.squaredDifference(x, tf.stopGradient(mean));
    return new Moments(mean, tf.math.mean(squares, tf.constant(axes), Mean.keepDims(true)));
  }

  private static Moments masked(Call call, Operand<TNumber> x, int[] axes, Operand<TBool> mask) {
    Ops tf = call.tf();
    if (mask.shape().numDimensions() != x.shape().numDimensions() - 1) {
      throw new ShapeException(
          "the mask "
              + TensorSpec.text(mask.shape())
              + " must have one axis less than the input "
              + TensorSpec.text(x.shape()));
    }
    Operand<TBool> counts = tf.broadcastTo(tf.expandDims(mask, tf.constant(-1)), tf.shape(x));
    Operand<TNumber> zero = call.constant(0);
    Operand<TNumber> n =
        tf.math.add(sum(tf, Numbers.cast(tf, counts, call.dtype()), axes), call.constant(EPSILON));
    Operand<TNumber> mean = tf.math.div(sum(tf, tf.select(counts, x, zero), axes), n);
    Operand<TNumber> off = tf.select(counts, tf.math.sub(x, mean), zero);
    return new Moments(mean, tf.math.div(sum(tf, tf.math.square(off), axes), n));
  }

  private static Operand<TNumber> sum(Ops tf, Operand<TNumber> x, int[] axes) {
    return tf.sum(x, tf.constant(axes), Sum.keepDims(true));
  }
}
