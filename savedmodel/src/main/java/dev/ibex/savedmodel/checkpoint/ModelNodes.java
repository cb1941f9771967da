package dev.ibex.savedmodel.checkpoint;

import dev.ibex.Model;
import dev.ibex.core.Layer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Variable;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/** Which objects of a checkpoint are the weights of a model, by the ways that lead to them. */
final class ModelNodes {
  private final TrackableNodes nodes;
  private final Map<Variable, Integer> found = new LinkedHashMap<>();
  private final Set<Layer> met = new HashSet<>();

  private ModelNodes(TrackableNodes nodes) {
    this.nodes = nodes;
  }

  /** Returns the numbers of the weights that are there, if a model is the object of a number. */
  static Map<Variable, Integer> of(Model model, TrackableNodes nodes, int start) {
    ModelNodes walk = new ModelNodes(nodes);
    walk.layer(model, start);
    return walk.found;
  }

  private void layer(Layer layer, int node) {
    if (!met.add(layer)) {
      return;
    }
    for (Variable weight : layer.ownWeights()) {
      OptionalInt to = nodes.child(node, ModelEdges.weight(layer, weight.name()));
      to.ifPresent(n -> found.putIfAbsent(weight, n));
    }
    if (layer instanceof NetworkLayer model) {
      ModelEdges.layers(model).stream()
          .map(path -> nodes.find(node, path))
          .filter(OptionalInt::isPresent)
          .findFirst()
          .ifPresent(list -> elements(model, list.getAsInt()));
    } else {
      for (Layer child : layer.children()) {
        nodes.child(node, ModelEdges.child(layer, child)).ifPresent(n -> layer(child, n));
      }
    }
  }

  private void elements(NetworkLayer model, int list) {
    KerasOrder.of(model)
        .forEach(
            (child, i) -> nodes.child(list, List.of(i.toString())).ifPresent(n -> layer(child, n)));
  }
}
