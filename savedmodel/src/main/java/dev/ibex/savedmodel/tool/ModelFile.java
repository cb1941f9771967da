package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.ModelFormatException;
import dev.ibex.savedmodel.outline.SavedModelOutline;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A file as it is, before any of it becomes a model; so also one of which Ibex lacks a class.
 *
 * @param path the file or directory
 * @param format its format; one of those that docs/TOOL.md lists
 * @param description what it is, in words
 * @param about what it says of itself: {@code keras_version}, {@code date_saved} and the like
 * @param config the description of the model; empty in files of weights alone
 * @param compilation how the model was compiled
 * @param weights the arrays, which are read while this is open
 * @param savedModel the graphs of a SavedModel; empty for other files
 * @param content what is open
 */
record ModelFile(
    Path path,
    String format,
    String description,
    Map<String, String> about,
    Optional<ObjectNode> config,
    Optional<ObjectNode> compilation,
    Weights weights,
    Optional<SavedModelOutline> savedModel,
    Runnable content)
    implements AutoCloseable {
  /**
   * Opens a file.
   *
   * @throws ModelFormatException if it is damaged or no model file; the text says what it is
   * @throws IllegalArgumentException if there is no such file
   */
  static ModelFile open(Path path) {
    return new ModelFileReader(path).open();
  }

  /** Returns whether the file has weights and no description. */
  boolean hasWeightsAlone() {
    return config.isEmpty() && savedModel.isEmpty() && !weights.layers().isEmpty();
  }

  /** Returns whether the file is a SavedModel without layers: not one that Ibex exported. */
  boolean hasGraphsAlone() {
    return config.isEmpty() && savedModel.isPresent();
  }

  /** Returns whether the file has a description and no weights. */
  boolean hasDescriptionAlone() {
    return format.equals("json");
  }

  @Override
  public void close() {
    content.run();
  }
}
