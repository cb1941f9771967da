package dev.ibex.savedmodel.endpoint;

import dev.ibex.ModelFormatException;
import dev.ibex.core.LayerFiles;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the functions of a layer, and of its copies, come from; read once. */
public final class SavedSource {
  private final String filepath;
  private @Nullable SavedFunctions functions;

  /**
   * Creates the source; nothing is read yet.
   *
   * @param filepath the directory
   */
  public SavedSource(String filepath) {
    this.filepath = filepath;
  }

  /** Returns this source, or that of another directory. */
  public SavedSource at(String other) {
    return other.equals(filepath) ? this : new SavedSource(other);
  }

  /**
   * Reads what lies beside a model's description, else the directory.
   *
   * @throws IllegalArgumentException if neither is there, or it is damaged; the text begins with
   *     the option's name
   */
  public synchronized void open(LayerFiles files) {
    try {
      functions = SavedFunctions.of(filepath, files).orElse(null);
      if (functions == null && !SavedModelFile.isOne(Path.of(filepath))) {
        throw new IllegalArgumentException(
            "the SavedModel \""
                + filepath
                + "\" is missing (looked for "
                + Path.of(filepath).toAbsolutePath()
                + "): Python's Keras writes its path alone; put the directory there, or start in the"
                + " directory that the path begins at");
      }
      functions();
    } catch (IllegalArgumentException | ModelFormatException e) {
      throw new IllegalArgumentException("filepath: " + e.getMessage(), e);
    }
  }

  /**
   * Returns the functions.
   *
   * @throws ModelFormatException if the directory is no SavedModel of TensorFlow 2
   */
  public synchronized SavedFunctions functions() {
    SavedFunctions read = functions;
    if (read == null) {
      read = SavedFunctions.of(Path.of(filepath));
      functions = read;
    }
    return read;
  }
}
