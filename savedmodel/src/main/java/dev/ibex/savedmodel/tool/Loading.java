package dev.ibex.savedmodel.tool;

import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.core.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a file becomes a model: with its compilation, else without it, else not at all.
 *
 * @param model the model; empty if the file has none, or none that Ibex can load
 * @param problems why it is less than the file has
 */
record Loading(Optional<Model> model, List<String> problems) implements AutoCloseable {
  /** Loads what a file has. */
  static Loading of(ModelFile file) {
    List<String> problems = new ArrayList<>();
    if (file.hasWeightsAlone()) {
      return new Loading(Optional.empty(), problems);
    }
    Optional<Model> model = load(file, true, problems);
    if (model.isEmpty() && file.compilation().isPresent()) {
      model = load(file, false, problems);
    }
    return new Loading(model, problems.stream().distinct().toList());
  }

  private static Optional<Model> load(ModelFile file, boolean compile, List<String> problems) {
    try {
      return Optional.of(load(file, compile));
    } catch (ModelFormatException | IllegalArgumentException e) {
      problems.add(String.valueOf(e.getMessage()));
      return Optional.empty();
    }
  }

  /**
   * Returns the model of a file without its compilation.
   *
   * @throws ModelFormatException if Ibex cannot load it
   */
  static Model plain(ModelFile file) {
    return load(file, false);
  }

  private static Model load(ModelFile file, boolean compile) {
    if (!file.hasDescriptionAlone()) {
      return Models.load(file.path(), LoadOptions.DEFAULT.compile(compile));
    }
    try {
      return Models.fromJson(Json.read(file.path()));
    } catch (ConfigException e) {
      throw new ModelFormatException(file.path(), "", String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    model.ifPresent(Model::close);
  }
}
