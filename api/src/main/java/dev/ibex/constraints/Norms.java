package dev.ibex.constraints;

import static dev.ibex.graph.Numbers.constant;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TNumber;

/** Euclidean norms along axes of a weight. */
final class Norms {
  /** What keeps the quotient finite for a vector of zeros. */
  private static final double EPSILON = 1e-7;

  private Norms() {}

  /**
   * Returns the norms along the axes, which stay with the size 1; along all where none is named.
   */
  static Operand<TNumber> of(Ops tf, Operand<TNumber> w, List<Integer> axis) {
    int[] axes =
        axis.isEmpty()
            ? IntStream.range(0, w.shape().numDimensions()).toArray()
            : axis.stream().mapToInt(Integer::intValue).toArray();
    return tf.math.sqrt(tf.sum(tf.math.square(w), tf.constant(axes), Sum.keepDims(true)));
  }

  static Operand<TNumber> clip(Ops tf, Operand<TNumber> norms, double low, double high) {
    return tf.math.maximum(
        tf.math.minimum(norms, constant(tf, norms, high)), constant(tf, norms, low));
  }

  /** Returns w · desired / (epsilon + norms). */
  static Operand<TNumber> rescale(
      Ops tf, Operand<TNumber> w, Operand<TNumber> desired, Operand<TNumber> norms) {
    return tf.math.mul(w, tf.math.div(desired, tf.math.add(constant(tf, norms, EPSILON), norms)));
  }
}
