package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns weights of classes into weights of samples, as Keras does. */
final class ClassWeights {
  private ClassWeights() {}

  /** Returns the data with a weight for each sample, taken from the class in its target. */
  static Binding apply(Map<Integer, Double> byClass, Binding data) {
    if (byClass.isEmpty()) {
      return data;
    }
    Check.that(
        data.targets().size() == 1,
        "classWeights: they are for models of one output, but this one has %d; give each output's"
            + " samples weights by Data.weight(name, array)",
        data.targets().size());
    Check.that(
        data.weights().get(0).isEmpty(),
        "classWeights: the data has sample weights, too; multiply them into one of the two");
    Array target =
        data.targets()
            .get(0)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "classWeights: the data has no target to take the class from"));
    return new Binding(
        data.inputs(), data.targets(), List.of(Optional.of(weights(byClass, target))));
  }

  private static Array weights(Map<Integer, Double> byClass, Array target) {
    Check.that(
        target.shape().numDimensions() <= 2,
        "classWeights: expected a class for each sample, a target of shape (?), (?, 1) or one-hot"
            + " (?, classes), got %s; give each element a weight by Data.weight(name, array)",
        TensorSpec.text(target.shape()));
    int columns = target.size() / target.rows();
    float[] weights = new float[target.rows()];
    for (int i = 0; i < weights.length; i++) {
      int c = columns == 1 ? (int) Math.rint(target.number(i)) : largest(target, i, columns);
      weights[i] = byClass.getOrDefault(c, 1.0).floatValue();
    }
    return Array.of(weights);
  }

  private static int largest(Array target, int row, int columns) {
    int best = 0;
    for (int j = 1; j < columns; j++) {
      if (target.number(row * columns + j) > target.number(row * columns + best)) {
        best = j;
      }
    }
    return best;
  }
}
