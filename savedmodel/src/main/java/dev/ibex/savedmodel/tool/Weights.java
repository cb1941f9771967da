package dev.ibex.savedmodel.tool;

import dev.ibex.Model;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.hdf5.Hdf5Dataset;
import dev.ibex.savedmodel.hdf5.Hdf5Group;
import dev.ibex.savedmodel.hdf5.Hdf5Node;
import dev.ibex.savedmodel.keras.StoredWeights;
import dev.ibex.savedmodel.outline.SavedModelOutline;
import dev.ibex.savedmodel.outline.VariableOutline;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The arrays of a file or a model, listed.
 *
 * @param layers the weights of layers
 * @param optimizer the state of the optimizer, if there is one
 */
record Weights(List<Weight> layers, List<Weight> optimizer) {
  /** Nothing. */
  static final Weights NONE = new Weights(List.of(), List.of());

  /** What files keep the state of optimizers under: Keras's from 3 on and before, SavedModels. */
  private static final List<String> OPTIMIZERS =
      List.of("optimizer/", "optimizer_weights/", "optimizer_variables/");

  /** Returns the weights of a model by the paths that the model gives them. */
  static Weights of(Model model) {
    List<Weight> layers = new ArrayList<>();
    model.network().weights().forEach((path, v) -> layers.add(Weight.of(v, path)));
    List<Weight> optimizer = new ArrayList<>();
    Set<String> used = new HashSet<>();
    List<Variable> state = model.isCompiled() ? model.optimizerVariables() : List.of();
    for (Variable v : state) {
      // an optimizer that scales the loss has two iterations and learning rates
      String path = used.add(v.path()) ? v.path() : v.path() + "_1";
      optimizer.add(Weight.of(v, path));
    }
    return new Weights(layers, optimizer);
  }

  /** Returns the arrays of a Keras 3 file by their places in it. */
  static Weights of(StoredWeights stored) {
    List<Weight> found = new ArrayList<>();
    stored.arrays().forEach((path, array) -> found.add(Weight.of(array, path)));
    return split(found);
  }

  /** Returns the datasets of an HDF5 file by their paths in it. */
  static Weights of(Hdf5Group root) {
    List<Weight> found = new ArrayList<>();
    collect(root, found);
    return split(found);
  }

  /** Returns the variables of a SavedModel by their places in its checkpoint. */
  static Weights of(SavedModelOutline outline, Path directory) {
    List<Weight> found = new ArrayList<>();
    for (VariableOutline v : outline.graphs().get(0).distinctVariables()) {
      Weight.of(v, directory).ifPresent(found::add);
    }
    return split(found);
  }

  private static Weights split(List<Weight> found) {
    Predicate<Weight> isState = w -> OPTIMIZERS.stream().anyMatch(w.path()::startsWith);
    return new Weights(
        found.stream().filter(isState.negate()).toList(), found.stream().filter(isState).toList());
  }

  private static void collect(Hdf5Group group, List<Weight> found) {
    for (Hdf5Node child : group.children().values()) {
      if (child instanceof Hdf5Dataset dataset) {
        found.add(Weight.of(dataset, dataset.path()));
      } else if (child instanceof Hdf5Group inner) {
        collect(inner, found);
      }
    }
  }

  /** Returns all weights of a list by path. */
  static Map<String, Weight> byPath(List<Weight> weights) {
    Map<String, Weight> byPath = new LinkedHashMap<>();
    weights.forEach(w -> byPath.put(w.path(), w));
    return byPath;
  }

  /** Returns the number of elements. */
  static long parameters(List<Weight> weights) {
    return weights.stream().mapToLong(Weight::size).sum();
  }
}
