package dev.ibex.savedmodel.keras;

import dev.ibex.savedmodel.weights.StoredArray;
import dev.ibex.savedmodel.weights.WeightOrder;
import java.util.Map;
import java.util.TreeMap;

/**
 * The arrays of a Keras 3 weight file by path.
 *
 * @param arrays the arrays, such as that at {@code layers/dense/vars/0}
 * @param names the names of layers by path, {@code layers/dense/}; none in files of older Keras
 */
public record StoredWeights(Map<String, StoredArray> arrays, Map<String, String> names) {
  /** Returns a file without weights, to be filled. */
  static StoredWeights empty() {
    return new StoredWeights(new TreeMap<>(WeightOrder.INSTANCE), new TreeMap<>());
  }
}
