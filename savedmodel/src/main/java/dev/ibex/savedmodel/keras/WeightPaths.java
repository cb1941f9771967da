package dev.ibex.savedmodel.keras;

import dev.ibex.Model;
import dev.ibex.core.Layer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Operation;
import dev.ibex.core.Variable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where Keras keeps each weight of a model: {@code layers/dense_1/vars/0}.
 *
 * <p>A model's layers are named by class, numbered in the model's order; operations are not layers.
 * A layer's own weights are numbered, trainable ones first. A layer met twice is kept where it is
 * met first.
 */
final class WeightPaths {
  private final Map<String, Variable> paths = new LinkedHashMap<>();
  private final Set<Layer> met = new HashSet<>();

  private WeightPaths() {}

  /** Returns the weights by path, without those of the optimizer. */
  static Map<String, Variable> of(Model model) {
    WeightPaths paths = new WeightPaths();
    paths.visit(model, "");
    return paths.paths;
  }

  private void visit(Layer layer, String prefix) {
    if (!met.add(layer)) {
      return;
    }
    List<Variable> own = new ArrayList<>(layer.ownWeights());
    own.sort(Comparator.comparing(v -> !v.spec().trainable()));
    for (int i = 0; i < own.size(); i++) {
      paths.put(prefix + "vars/" + i, own.get(i));
    }
    if (!(layer instanceof NetworkLayer)) {
      layer.children().forEach(c -> visit(c, prefix + layer.nameOf(c) + "/"));
      return;
    }
    Map<String, Integer> used = new HashMap<>();
    for (Layer child : layer.children()) {
      if (!(child instanceof Operation)) {
        String name = Layer.snakeCase(child.className());
        int count = used.merge(name, 1, Integer::sum);
        visit(child, prefix + "layers/" + (count == 1 ? name : name + "_" + (count - 1)) + "/");
      }
    }
  }
}
