package dev.ibex.savedmodel.weights;

import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.core.Layer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.core.Operation;
import dev.ibex.core.Variable;
import java.util.Comparator;
import java.util.List;

/** What Keras's files count of a model: which layers, and their weights in which order. */
public final class SavedLayers {
  private SavedLayers() {}

  /** Returns the layers of a model in order: no operations, nor a Sequential's input. */
  public static List<Layer> of(NetworkLayer model) {
    return model.children().stream()
        .filter(l -> !(l instanceof Operation))
        .filter(l -> !(l instanceof Input && model instanceof Sequential))
        .toList();
  }

  /** Returns a layer's own weights: those that an optimizer may change first. */
  public static List<Variable> weights(Layer layer) {
    return layer.ownWeights().stream()
        .sorted(Comparator.comparing(v -> !v.spec().trainable()))
        .toList();
  }
}
