package dev.ibex.savedmodel.checkpoint;

import dev.ibex.Model;
import dev.ibex.core.Layer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.weights.OptimizerNames;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The graph of objects that Python's {@code tf.train.Checkpoint(model=model, optimizer=
 * model.optimizer)} has for a model of Keras.
 */
public final class ModelGraph {
  /** What a checkpoint calls the model. */
  public static final String MODEL = "model";

  private final TrackableGraph graph;
  private final Map<String, Variable> variables = new LinkedHashMap<>();
  private final Map<Layer, String> layers = new HashMap<>();
  private final Map<Variable, String> paths = new HashMap<>();

  private ModelGraph(TrackableGraph graph) {
    this.graph = graph;
  }

  /**
   * Adds a model, with its optimizer if it is compiled.
   *
   * @return the variables by path
   */
  public static Map<String, Variable> add(Model model, TrackableGraph graph) {
    ModelGraph added = new ModelGraph(graph);
    Map<Variable, String> names = new HashMap<>();
    model.network().weights().forEach((path, variable) -> names.put(variable, path));
    added.layer(model, MODEL, names);
    if (model.isCompiled()) {
      added.optimizer(model);
    }
    return added.variables;
  }

  private void layer(Layer layer, String path, Map<Variable, String> names) {
    String before = layers.putIfAbsent(layer, path);
    if (before != null) {
      graph.link(path, before);
      return;
    }
    for (Variable weight : layer.ownWeights()) {
      List<String> edges = ModelEdges.weight(layer, weight.name());
      add(path + "/" + edges.get(0), weight, names.getOrDefault(weight, weight.path()));
      edges.forEach(edge -> link(path + "/" + edge, weight));
    }
    if (layer instanceof NetworkLayer model) {
      String list = path + "/" + ModelEdges.layers(model).get(0) + "/";
      KerasOrder.of(model).forEach((child, i) -> layer(child, list + i, names));
    } else {
      for (Layer child : layer.children()) {
        List<String> edges = ModelEdges.child(layer, child);
        layer(child, path + "/" + edges.get(0), names);
        edges.forEach(edge -> link(path + "/" + edge, child));
      }
    }
  }

  private void add(String path, Variable variable, String fullName) {
    if (paths.putIfAbsent(variable, path) == null) {
      graph.variable(path, fullName);
      variables.put(path, variable);
    }
  }

  private void link(String path, Variable variable) {
    graph.link(path, paths.getOrDefault(variable, path));
  }

  private void link(String path, Layer layer) {
    graph.link(path, layers.getOrDefault(layer, path));
  }

  private void optimizer(Model model) {
    List<Variable> all = model.optimizerVariables();
    boolean scaling = OptimizerNames.of(model).scaling().isPresent();
    state(model, ModelEdges.OPTIMIZER, scaling ? all.subList(0, OptimizerNames.SCALING) : all);
    if (scaling) {
      String inner = ModelEdges.OPTIMIZER + "/" + ModelEdges.INNER;
      state(model, inner, all.subList(OptimizerNames.SCALING, all.size()));
    }
    graph.link(MODEL + "/" + ModelEdges.OPTIMIZER, ModelEdges.OPTIMIZER);
  }

  private void state(Model model, String optimizer, List<Variable> state) {
    for (int i = 0; i < state.size(); i++) {
      add(optimizer + "/" + ModelEdges.VARIABLES + "/" + i, state.get(i), state.get(i).path());
    }
    int trained = 0;
    for (Variable weight : model.weights()) {
      if (weight.trainable()) {
        link(optimizer + "/" + ModelEdges.TRAINED + "/" + trained++, weight);
      }
    }
  }
}
