package dev.ibex.optimizers;

import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Numbers;
import org.tensorflow.ndarray.Shape;

/** Declarations of the state that optimizers keep for a weight. */
final class Slots {
  private Slots() {}

  /** Returns a slot of the weight's shape that starts at 0. */
  static WeightSpec zeros(String name, Variable weight) {
    return filled(name, weight.shape(), 0);
  }

  /** Returns a slot that starts with one value everywhere. */
  static WeightSpec filled(String name, Shape shape, double value) {
    return WeightSpec.of(
            name,
            shape,
            (tf, s, dtype, seed) ->
                tf.fill(tf.constant(s.asArray()), Numbers.constant(tf, dtype, value)))
        .untrainable();
  }
}
