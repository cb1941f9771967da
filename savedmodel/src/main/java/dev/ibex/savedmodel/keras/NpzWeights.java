package dev.ibex.savedmodel.keras;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.npy.Npz;
import dev.ibex.savedmodel.weights.StoredArray;
import java.nio.file.Path;
import java.util.Map;

/** Keras 3's weights in NumPy's archives: a dictionary of arrays for each layer. */
final class NpzWeights {
  /** The name of the model's own dictionary. */
  private static final String ROOT = "__root__";

  private NpzWeights() {}

  /**
   * Returns what lies in a file.
   *
   * @param shownFile the file that errors name
   * @param part the part of it that they name
   * @param actual where the content lies
   */
  static StoredWeights read(Path shownFile, String part, Path actual) {
    Map<String, Map<String, Array>> found = Npz.dictionaries(shownFile, part, actual);
    FormerPaths paths = new FormerPaths(found.keySet());
    StoredWeights weights = StoredWeights.empty();
    found.forEach(
        (name, arrays) -> {
          String owner = name.equals(ROOT) ? "" : paths.today(name) + "/";
          arrays.forEach(
              (key, array) -> {
                String path = owner + WeightPaths.VARS + key;
                if (weights.arrays().put(path, StoredArray.of(array)) != null) {
                  throw new ModelFormatException(shownFile, part, path + " is there twice", null);
                }
              });
        });
    return weights;
  }
}
