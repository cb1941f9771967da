package dev.ibex.savedmodel.tool;

import dev.ibex.Model;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a file that is open: what it says itself, and what the model says if it loads.
 *
 * @param weights the model's, under its paths; else the file's, under their places in it
 * @param compilation how it is compiled; empty if it is not
 */
record Inspection(
    ModelFile file,
    Optional<Model> model,
    List<String> problems,
    Weights weights,
    Optional<Compilation> compilation) {
  static Inspection of(ModelFile file, Loading loading) {
    Optional<Model> model = loading.model();
    Optional<Weights> loaded = model.map(Weights::of);
    boolean compiled = model.filter(Model::isCompiled).isPresent();
    return new Inspection(
        file,
        model,
        loading.problems(),
        new Weights(
            loaded.orElse(file.weights()).layers(),
            (compiled ? loaded.orElseThrow() : file.weights()).optimizer()),
        Compilation.of(file, loading));
  }

  /** Returns the layers of the description; none in files of weights alone. */
  List<LayerLine> layers() {
    return model
        .map(LayerLine::of)
        .or(() -> file.config().map(LayerLine::described))
        .orElse(List.of());
  }

  /** Returns the number of elements that an optimizer changes; empty where that is not known. */
  Optional<Long> trainable() {
    return weights.layers().stream().allMatch(w -> w.trainable().isPresent())
            && (model.isPresent() || !weights.layers().isEmpty())
        ? Optional.of(
            Weights.parameters(
                weights.layers().stream().filter(w -> w.trainable().orElse(false)).toList()))
        : Optional.empty();
  }

  /** Returns the number of elements of all weights. */
  long parameters() {
    return Weights.parameters(weights.layers());
  }

  /**
   * Returns a number of the optimizer's state, such as {@code iteration}; empty where the model is
   * not compiled or keeps none.
   */
  Optional<Number> state(String name) {
    return weights.optimizer().stream()
        .filter(w -> w.path().equals(name) || w.path().equals(name + "_1"))
        .reduce((first, last) -> last) // that of the inner optimizer, if it scales the loss
        .map(w -> number(w, name));
  }

  private static Number number(Weight weight, String name) {
    double value = Objects.requireNonNull(weight.value().get(), name).number(0);
    return weight.spec().dtype().isInteger() ? (Number) (long) value : (Number) (float) value;
  }
}
