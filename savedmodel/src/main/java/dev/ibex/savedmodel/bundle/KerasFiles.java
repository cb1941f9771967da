package dev.ibex.savedmodel.bundle;

import dev.ibex.Model;
import dev.ibex.savedmodel.keras.KerasDescription;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The description in Keras's words that Ibex puts into the SavedModels it exports, where loaders of
 * TensorFlow pass it over: {@code assets.extra/keras}, a {@code .keras} archive without weights.
 */
public final class KerasFiles {
  private static final String NAME = "keras";

  private KerasFiles() {}

  /**
   * Returns the files of a model by their paths below {@code assets.extra}; none if a layer of it
   * has no form in files.
   */
  public static Map<String, byte[]> of(Model model) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    KerasDescription.possible(model)
        .ifPresent(d -> d.files().forEach((name, f) -> files.put(NAME + "/" + name, f)));
    return files;
  }

  /** Returns whether a SavedModel has a description. */
  public static boolean areIn(Path directory) {
    return Files.isRegularFile(folder(directory).resolve(KerasDescription.CONFIG));
  }

  /** Returns where the description of a SavedModel is, if it has one. */
  public static Path folder(Path directory) {
    return directory.resolve("assets.extra").resolve(NAME);
  }
}
