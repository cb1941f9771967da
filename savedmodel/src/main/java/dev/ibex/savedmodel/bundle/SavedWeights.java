package dev.ibex.savedmodel.bundle;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleException;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.NativeException;
import dev.ibex.graph.TensorBundle;
import dev.ibex.savedmodel.checkpoint.ObjectPath;
import dev.ibex.savedmodel.weights.StoredArray;
import dev.ibex.savedmodel.weights.WeightMatch;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The weights of a SavedModel that Ibex exported, by their places in the model's lists. */
final class SavedWeights {
  private static final String INDEX = "variables/variables.index";
  private static final String WEIGHTS = "variables/";
  private static final String STATE = "optimizer_variables/";

  private final Path directory;
  private final Path prefix;
  private final Map<String, TensorBundle.Entry> entries = new LinkedHashMap<>();
  private @Nullable Map<String, Array> values;

  /**
   * Finds what there is.
   *
   * @throws ModelFormatException if a file is missing or damaged
   */
  SavedWeights(Path directory) {
    this.directory = directory;
    this.prefix = directory.resolve("variables").resolve("variables");
    try {
      BundleIndex.read(prefix)
          .readable()
          .forEach(
              (key, entry) -> {
                if (ObjectPath.isValue(key)) {
                  entries.put(ObjectPath.ofKey(key), entry);
                }
              });
    } catch (BundleException e) {
      String file = "variables/" + e.file().getFileName();
      throw new ModelFormatException(
          directory, e.place().isEmpty() ? file : file + " at " + e.place(), e.problem(), e);
    }
  }

  /**
   * Stores all weights in a model, and the state of its optimizer if it is compiled and the file
   * has that of just these weights: not where layers were frozen after the model was compiled.
   *
   * @throws ModelFormatException if one is missing, left over or of another shape; then none is
   *     stored
   */
  void load(Model model) {
    Map<String, StoredArray> found = new LinkedHashMap<>();
    Map<String, Variable> wanted = new LinkedHashMap<>();
    match(WEIGHTS, model.weights(), found, wanted);
    if (model.isCompiled() && isStateOf(model.optimizerVariables())) {
      match(STATE, model.optimizerVariables(), found, wanted);
    }
    new WeightMatch(found, wanted, model).load(false, false, text -> fail(text, null));
  }

  private boolean isStateOf(List<Variable> state) {
    long stored = entries.keySet().stream().filter(k -> k.startsWith(STATE)).count();
    for (int i = 0; i < state.size(); i++) {
      TensorBundle.Entry entry = entries.get(STATE + i);
      if (entry == null || !entry.shape().equals(state.get(i).shape())) {
        return false;
      }
    }
    return stored == state.size();
  }

  private void match(
      String list,
      List<Variable> variables,
      Map<String, StoredArray> found,
      Map<String, Variable> wanted) {
    entries.forEach(
        (key, entry) -> {
          if (key.startsWith(list)) {
            found.put(key, new StoredArray(entry.shape(), entry.dtype(), () -> value(key)));
          }
        });
    for (int i = 0; i < variables.size(); i++) {
      wanted.put(list + i, variables.get(i));
    }
  }

  /** Returns a value; all are read at once, which one session does. */
  private Array value(String key) {
    Map<String, Array> all = values;
    if (all == null) {
      all = readAll();
      values = all;
    }
    return Objects.requireNonNull(all.get(key), key);
  }

  private Map<String, Array> readAll() {
    try {
      List<Array> arrays = TensorBundle.read(prefix, List.copyOf(entries.values()));
      Map<String, Array> all = new LinkedHashMap<>();
      entries.keySet().forEach(key -> all.put(key, arrays.get(all.size())));
      return all;
    } catch (NativeException e) {
      throw fail("it is damaged; copy or export the model again: " + e.getMessage(), e);
    }
  }

  private ModelFormatException fail(String text, @Nullable Throwable cause) {
    return new ModelFormatException(directory, INDEX, text, cause);
  }
}
