package dev.ibex.savedmodel.legacy;

import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.Values;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Layer;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.files.Conventions;
import dev.ibex.savedmodel.hdf5.Hdf5Content;
import dev.ibex.savedmodel.weights.OptimizerNames;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What an {@code .h5} file holds of one model, as Keras 3 lays it out. */
final class LegacyContent {
  private static final String BACKEND = "tensorflow";

  private final Model model;
  private final Hdf5Content content = new Hdf5Content();

  /** Where each variable is written, in groups that list them in order. */
  private final Map<String, Map<String, Variable>> groups = new LinkedHashMap<>();

  private LegacyContent(Model model) {
    this.model = model;
  }

  /**
   * Returns the content of a model's file as it is now.
   *
   * @throws ConfigException if something in it has no form in such files
   */
  static Hdf5Content of(Model model, boolean compiled) {
    return new LegacyContent(model).all(compiled && model.isCompiled());
  }

  private Hdf5Content all(boolean compiled) {
    requireNoAssets();
    version("");
    content.attribute("", LegacyFile.MODEL, ModelCodec.get().toJson(model));
    if (compiled) {
      content.attribute("", LegacyFile.TRAINING, training());
    }
    String weights = LayerGroups.WHOLE_MODEL;
    content.group(weights);
    version(weights);
    List<LayerWeights> layers = LayerWeights.of(model);
    content.attribute(
        weights, LayerGroups.LAYERS, layers.stream().map(LayerWeights::name).toList());
    Map<Variable, String> names = names();
    for (LayerWeights layer : layers) {
      Map<String, Variable> members = new LinkedHashMap<>();
      layer.variables().forEach(v -> members.put(Objects.requireNonNull(names.get(v)), v));
      groups.put(weights + "/" + layer.name(), members);
    }
    groups.put(weights + "/" + LayerGroups.TOP_LEVEL, Map.of());
    if (compiled) {
      groups.put(LegacyFile.OPTIMIZER, state());
    }
    write();
    return content;
  }

  private void requireNoAssets() {
    for (Layer layer : model.flatten().toList()) {
      if (!layer.assets().isEmpty()) {
        throw new ConfigException(
            "",
            layer.label()
                + " has files, "
                + layer.assets().keySet()
                + ", which .h5 cannot hold; save the model as *.keras");
      }
    }
  }

  private void version(String group) {
    content.attribute(group, "backend", BACKEND);
    content.attribute(group, "keras_version", Conventions.KERAS_VERSION);
  }

  private String training() {
    try {
      return ModelCodec.get().toTrainingJson(model);
    } catch (ConfigException e) {
      throw Conventions.withoutCompilation(e);
    }
  }

  private Map<Variable, String> names() {
    Map<Variable, String> names = new HashMap<>();
    model.network().weights().forEach((path, variable) -> names.put(variable, path));
    return names;
  }

  /** Returns the optimizer's state in Keras's order, each under a name of its own. */
  private Map<String, Variable> state() {
    OptimizerNames names = OptimizerNames.of(model);
    Map<String, String> paths = new HashMap<>();
    names().forEach((variable, path) -> paths.put(variable.path(), path));
    Map<String, Variable> state = new LinkedHashMap<>();
    Map<String, Integer> used = new HashMap<>();
    for (Variable v : model.optimizerVariables()) {
      boolean outer = state.size() < OptimizerNames.SCALING;
      String owner = names.scaling().filter(n -> outer).orElse(names.optimizer());
      String weight = v.path().substring(0, Math.max(0, v.path().lastIndexOf('/')));
      String slot =
          weight.isEmpty() ? v.path() : paths.getOrDefault(weight, weight) + "/" + v.name();
      String name = owner + "/" + slot.replace('/', '_');
      int count = used.merge(name, 1, Integer::sum);
      state.put(count == 1 ? name : name + "_" + (count - 1), v);
    }
    return state;
  }

  /** Writes all variables, whose values are those of one finished step. */
  private void write() {
    List<Variable> variables = new ArrayList<>();
    groups.values().forEach(members -> variables.addAll(members.values()));
    List<Array> values = Values.of(variables);
    int next = 0;
    for (Map.Entry<String, Map<String, Variable>> group : groups.entrySet()) {
      content.group(group.getKey());
      content.attribute(
          group.getKey(), LayerGroups.WEIGHTS, List.copyOf(group.getValue().keySet()));
      for (String name : group.getValue().keySet()) {
        content.dataset(group.getKey() + "/" + name, values.get(next++));
      }
    }
  }
}
