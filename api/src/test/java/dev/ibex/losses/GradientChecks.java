package dev.ibex.losses;

import dev.ibex.graph.Array;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Helps tests that differentiate with respect to some inputs only. */
final class GradientChecks {
  private GradientChecks() {}

  /** Returns the numbers as a float64 constant. */
  static Operand<TNumber> constant(Ops tf, Array a) {
    return Numbers.of(tf.reshape(tf.constant(a.doubles()), tf.constant(a.shape().asArray())));
  }
}
