package dev.ibex.savedmodel.keras;

import dev.ibex.Model;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.Layer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.weights.SavedLayers;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where Keras keeps each layer of a model, {@code layers/dense_1/}, and each weight, {@code
 * layers/dense_1/vars/0}.
 *
 * <p>A model's layers are named by class, numbered in the model's order; operations are not layers.
 * The class is that in Python: of a user's layer, the one it is registered for. A layer's own
 * weights are numbered, trainable ones first. A layer met twice is kept where it is met first.
 */
final class WeightPaths {
  /** Stands before the number of a weight. */
  static final String VARS = "vars/";

  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<String, Layer> layers = new LinkedHashMap<>();
  private final Map<String, String> names = new LinkedHashMap<>();
  private final Set<Layer> met = new HashSet<>();

  private WeightPaths() {}

  /** Returns the paths of a model, without those of the optimizer. */
  static WeightPaths of(Model model) {
    WeightPaths paths = new WeightPaths();
    paths.visit(
        model, model.name().isEmpty() ? Layer.snakeCase(model.className()) : model.name(), "");
    return paths;
  }

  /** Returns the weights by path. */
  Map<String, Variable> variables() {
    return variables;
  }

  /** Returns the layers by path; a path that is not empty ends in a slash. */
  Map<String, Layer> layers() {
    return layers;
  }

  /** Returns the name of the layer at each path. */
  Map<String, String> names() {
    return names;
  }

  private void visit(Layer layer, String name, String prefix) {
    if (!met.add(layer)) {
      return;
    }
    layers.put(prefix, layer);
    names.put(prefix, name);
    List<Variable> own = SavedLayers.weights(layer);
    for (int i = 0; i < own.size(); i++) {
      variables.put(prefix + VARS + i, own.get(i));
    }
    if (layer instanceof NetworkLayer network) {
      visitAll(network, prefix + "layers/");
    } else {
      layer.children().forEach(c -> visit(c, c.name(), prefix + layer.nameOf(c) + "/"));
    }
  }

  private void visitAll(NetworkLayer model, String prefix) {
    Map<String, Integer> used = new HashMap<>();
    for (Layer child : SavedLayers.of(model)) {
      String type = Layer.snakeCase(classOf(child));
      int count = used.merge(type, 1, Integer::sum);
      String place = count == 1 ? type : type + "_" + (count - 1);
      visit(child, model.nameOf(child), prefix + place + "/");
    }
  }

  private static String classOf(Layer layer) {
    return ConfigCodec.get()
        .registeredName(layer)
        .map(name -> name.substring(name.indexOf('>') + 1))
        .orElse(layer.className());
  }
}
