package dev.ibex.savedmodel.keras;

import dev.ibex.Model;
import dev.ibex.Values;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What Keras 3's weight files hold of one model.
 *
 * @param arrays values by path; those of one finished step
 * @param names the names of layers and optimizers by path
 */
record WeightContent(Map<String, Array> arrays, Map<String, String> names) {
  /** Returns the values as they are now. */
  static WeightContent of(Model model, boolean withOptimizer) {
    WeightPaths paths = WeightPaths.of(model);
    Map<String, Variable> variables = new LinkedHashMap<>(paths.variables());
    Map<String, String> names = new LinkedHashMap<>(paths.names());
    if (withOptimizer && model.isCompiled()) {
      OptimizerPaths optimizer = OptimizerPaths.of(model);
      variables.putAll(optimizer.toWrite());
      names.putAll(optimizer.names());
    }
    List<Array> values = Values.of(variables.values());
    Map<String, Array> arrays = new LinkedHashMap<>();
    variables.keySet().forEach(path -> arrays.put(path, values.get(arrays.size())));
    return new WeightContent(arrays, names);
  }
}
