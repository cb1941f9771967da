package dev.ibex.layers;

import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TNumber;

/** Lengths of vectors. */
final class Norms {
  private Norms() {}

  /** Returns {@code x · min(1 / sqrt(sum(x²)), 1 / epsilon)}, the sum over the given axes. */
  static Operand<TNumber> unit(Ops tf, Operand<TNumber> x, int[] axes, double epsilon) {
    Operand<TNumber> squares = tf.sum(tf.math.square(x), tf.constant(axes), Sum.keepDims(true));
    return tf.math.mul(
        x, tf.math.minimum(tf.math.rsqrt(squares), Numbers.constant(tf, x, 1 / epsilon)));
  }
}
