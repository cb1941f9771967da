package dev.ibex.regularizers;

import dev.ibex.core.Check;
import dev.ibex.graph.Numbers;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** What penalties have in common. */
final class Sums {
  private Sums() {}

  static void requireStrength(String name, double value) {
    Check.that(
        value >= 0 && value < Double.POSITIVE_INFINITY,
        "%s: expected a number of 0 or more, got %s",
        name,
        value);
  }

  /** Returns the strength times the sum of all elements. */
  static Operand<TNumber> scaled(Ops tf, double strength, Operand<TNumber> x) {
    int[] all = IntStream.range(0, x.shape().numDimensions()).toArray();
    return tf.math.mul(Numbers.constant(tf, x, strength), tf.sum(x, tf.constant(all)));
  }
}
