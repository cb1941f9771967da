package dev.ibex.savedmodel.legacy;

import dev.ibex.Model;
import dev.ibex.core.Layer;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.weights.SavedLayers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The weights of one layer of a model, those of the layers inside it included.
 *
 * <p>Trained ones stand first where the layer trains; a frozen layer's stay as they are. A file
 * that was saved in the other state has the other order, which its names show.
 *
 * @param name the layer's name in the model
 * @param variables the weights in the order of the layer's state now
 * @param otherwise the weights in the order of the other state
 */
record LayerWeights(String name, List<Variable> variables, List<Variable> otherwise) {
  /** Returns all layers of a model in its order, as Keras counts them. */
  static List<LayerWeights> of(Model model) {
    return SavedLayers.of(model).stream()
        .map(layer -> of(model.network().name(layer), layer))
        .toList();
  }

  private static LayerWeights of(String name, Layer layer) {
    Set<Variable> all = new LinkedHashSet<>();
    collect(layer, all);
    List<Variable> asTheyAre = List.copyOf(all);
    List<Variable> trainedFirst = new ArrayList<>(all);
    trainedFirst.sort(
        Comparator.comparing(v -> !(layer.trainable() ? v.trainable() : v.spec().trainable())));
    return layer.trainable()
        ? new LayerWeights(name, trainedFirst, asTheyAre)
        : new LayerWeights(name, asTheyAre, trainedFirst);
  }

  private static void collect(Layer layer, Set<Variable> all) {
    all.addAll(SavedLayers.weights(layer));
    layer.children().forEach(c -> collect(c, all));
  }

  /**
   * Returns these weights in the order that a file's names show; in their own if they show none.
   */
  LayerWeights inOrderOf(LayerGroup file) {
    List<String> names = file.arrays().stream().map(a -> last(a.name())).toList();
    return !names.equals(names(variables)) && names.equals(names(otherwise))
        ? new LayerWeights(name, /* variables= */ otherwise, /* otherwise= */ variables)
        : this;
  }

  private static List<String> names(List<Variable> variables) {
    return variables.stream().map(Variable::name).toList();
  }

  private static String last(String name) {
    return name.substring(name.lastIndexOf('/') + 1).replaceFirst(":\\d+$", "");
  }
}
