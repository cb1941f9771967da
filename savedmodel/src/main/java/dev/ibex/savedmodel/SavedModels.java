package dev.ibex.savedmodel;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.ModelFunction;
import dev.ibex.ModelFunctions;
import dev.ibex.core.Check;
import dev.ibex.core.Variable;
import dev.ibex.savedmodel.bundle.ExportContent;
import dev.ibex.savedmodel.bundle.KerasFiles;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import dev.ibex.savedmodel.bundle.SavedModelWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Entrance to TensorFlow's SavedModels: directories with graphs, signatures and variables. */
public final class SavedModels {
  private static final String FUNCTION = "__inference_";

  private SavedModels() {}

  /**
   * Opens a SavedModel to call its functions: of Keras 3 or 2, of TensorFlow 2 or 1.
   *
   * <p>A SavedModel is a program: it may read and write files of this machine while it is loaded
   * and called. Load only what you trust.
   *
   * @param directory holds {@code saved_model.pb}; of several graphs that with the tag {@code
   *     serve} is taken
   * @throws ModelFormatException if a part is missing, damaged, outside of the directory, or asks
   *     for ops that TensorFlow does not have; the text says which and what to do
   */
  public static LoadedModel load(Path directory) {
    return new LoadedModel(SavedModelFile.read(directory));
  }

  /**
   * Opens a SavedModel to call its functions.
   *
   * @param directory as of {@link #load(Path)}
   * @param tags all tags of the graph to take
   * @throws ModelFormatException as {@link #load(Path)}, or if no graph has just these tags; the
   *     text lists the tags there are
   */
  public static LoadedModel load(Path directory, Set<String> tags) {
    return new LoadedModel(SavedModelFile.read(directory, tags));
  }

  /** Returns whether a directory is a SavedModel. */
  public static boolean isSavedModel(Path directory) {
    return SavedModelFile.isOne(directory);
  }

  /**
   * Exports a model as a SavedModel with the signature {@code serving_default}.
   *
   * @return the directory that holds {@code saved_model.pb}
   * @throws IllegalArgumentException if something else than a SavedModel is there
   * @throws java.io.UncheckedIOException if it cannot be written; then what was there still is
   */
  public static Path export(Model model, Path directory) {
    return export(model, directory, ExportOptions.DEFAULT);
  }

  /**
   * Exports a model as a SavedModel. TensorFlow Serving and TensorFlow Lite's converter take it; in
   * Python {@code tf.saved_model.load} gives an object with {@code variables} and {@code
   * trainable_variables}, to be called as {@code obj(x, training=False)} or {@code obj.serve(x)},
   * with a list for x where there are several inputs.
   *
   * <p>{@code Models.load} gives the model back, with its compilation; with the optimizer's state
   * if a signature trains, else with a new one. That needs a form in files for all layers: a model
   * with a Lambda is exported too, but not loaded as layers again.
   *
   * @return the directory that holds {@code saved_model.pb}: that of a new version, if there are
   *     versions
   * @throws IllegalArgumentException if something else than a SavedModel is there, or one where
   *     versions were to be; or a signature does not suit the model
   * @throws java.io.UncheckedIOException if it cannot be written; then what was there still is
   */
  public static Path export(Model model, Path directory, ExportOptions options) {
    ExportContent content = content(model, options);
    if (options.existing() == ExportOptions.Existing.FORMER_VERSION) {
      return SavedModelWriter.writeVersion(content, directory);
    }
    boolean replaces = options.existing() == ExportOptions.Existing.REPLACED;
    Check.that(
        replaces || !isSavedModel(directory),
        "directory: %s is a SavedModel already, which Existing.KEPT keeps; choose another, or export"
            + " with Existing.REPLACED",
        directory);
    Check.that(
        isSavedModel(directory) || SavedModelFile.newestVersion(directory).isEmpty(),
        "directory: %s holds versions of a SavedModel; export the next one with"
            + " ExportOptions.DEFAULT.versioned()",
        directory);
    SavedModelWriter.write(content, directory, replaces);
    return directory;
  }

  private static ExportContent content(Model model, ExportOptions options) {
    Map<String, ModelFunction> signatures = new LinkedHashMap<>();
    options
        .signatures()
        .forEach((name, signature) -> signatures.put(name, function(model, name, signature)));
    return new ExportContent(
        ModelFunctions.outputs(model, FUNCTION + "call_1", false),
        ModelFunctions.outputs(model, FUNCTION + "call_training_2", true),
        signatures,
        model.weights(),
        optimizer(model, signatures),
        KerasFiles.of(model));
  }

  private static ModelFunction function(Model model, String name, ExportSignature signature) {
    try {
      return signature.function(model, FUNCTION + "signature");
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("signature \"" + name + "\": " + e.getMessage(), e);
    } catch (IllegalStateException e) {
      throw new IllegalStateException("signature \"" + name + "\": " + e.getMessage(), e);
    }
  }

  /** Returns the optimizer's state, if a signature needs any of it. */
  private static List<Variable> optimizer(Model model, Map<String, ModelFunction> signatures) {
    if (!model.isCompiled()) {
      return List.of();
    }
    Set<Variable> needed = new LinkedHashSet<>();
    signatures.values().forEach(f -> needed.addAll(f.variables()));
    List<Variable> state = model.optimizerVariables();
    return state.stream().anyMatch(needed::contains) ? state : List.of();
  }
}
