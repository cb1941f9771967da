package dev.ibex.savedmodel.keras;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.exceptions.HdfException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.ndarray.Shape;

/** The arrays of a {@code model.weights.h5} by path. */
final class WeightStore {
  private static final String OPTIMIZER = "optimizer/";

  /** What {@code optimizer/vars} holds as well. */
  private static final String INNER = OPTIMIZER + "inner_optimizer/";

  /** What an optimizer has before its first step. */
  private static final Set<String> FIRST = Set.of("iteration", "learning_rate");

  /** The state of metrics, which every epoch begins anew. */
  private static final String METRICS = "metrics/";

  private static final int MAX_DEPTH = 64;

  private final Path file;
  private final String entry;
  private final Map<String, Array> arrays = new TreeMap<>();

  private WeightStore(Path file, String entry) {
    this.file = file;
    this.entry = entry;
  }

  /**
   * Reads all arrays.
   *
   * @param file named in errors
   * @param entry the part of it that holds the content
   * @throws ModelFormatException if the content is damaged
   */
  static WeightStore of(Path file, String entry, byte[] content) {
    WeightStore store = new WeightStore(file, entry);
    try (HdfFile hdf = HdfFile.fromBytes(content)) {
      store.collect(hdf, "", 0);
    } catch (ModelFormatException e) {
      throw e;
    } catch (RuntimeException e) {
      throw store.fail("", "not a readable HDF5 file: " + e.getMessage(), e);
    }
    return store;
  }

  private void collect(Group group, String prefix, int depth) {
    if (depth > MAX_DEPTH) {
      throw fail(prefix, "groups are nested more than " + MAX_DEPTH + " deep", null);
    }
    for (Map.Entry<String, Node> child : group.getChildren().entrySet()) {
      String path = prefix + child.getKey();
      Node node = child.getValue();
      if (node.isLink()) {
        throw fail(path, "links are not followed", null);
      } else if (node instanceof Group inner) {
        collect(inner, path + "/", depth + 1);
      } else if (node instanceof Dataset dataset) {
        arrays.put(path, read(path, dataset));
      }
    }
  }

  private Array read(String path, Dataset dataset) {
    Shape shape = Shape.of(dataset.getDimensionsAsLong());
    Object data;
    try {
      data = dataset.isEmpty() ? new float[0] : dataset.getDataFlat();
    } catch (HdfException | IllegalArgumentException e) {
      throw fail(path, "cannot be read: " + e.getMessage(), e);
    }
    if (data instanceof float[] a) {
      return Array.of(shape, a);
    } else if (data instanceof double[] a) {
      return Array.of(shape, a);
    } else if (data instanceof int[] a) {
      return Array.of(shape, a);
    } else if (data instanceof long[] a) {
      return Array.of(shape, a);
    } else if (data instanceof Float a) {
      return Array.of(shape, a);
    } else if (data instanceof Double a) {
      return Array.of(shape, a);
    } else if (data instanceof Integer a) {
      return Array.of(shape, a);
    } else if (data instanceof Long a) {
      return Array.of(shape, a);
    }
    throw fail(path, "values of type " + dataset.getJavaType() + " are not read", null);
  }

  /**
   * Stores the arrays into a model, the optimizer's state included if the model is compiled.
   *
   * @throws ModelFormatException if an array is missing, left over or of another shape; the text
   *     has the lists of both sides; then none is stored
   */
  void load(Model model) {
    Map<String, Variable> wanted = new LinkedHashMap<>(WeightPaths.of(model));
    Map<String, Array> found = new TreeMap<>(arrays);
    found.keySet().removeIf(p -> p.startsWith(METRICS) || p.startsWith(INNER));
    if (model.isCompiled()) {
      wanted.putAll(optimizer(model, found));
    } else {
      found.keySet().removeIf(p -> p.startsWith(OPTIMIZER));
    }
    check(found, wanted);
    wanted.forEach((path, v) -> v.assign(java.util.Objects.requireNonNull(found.get(path))));
  }

  /** A model that was saved before its first step has no slots in its file; they stay as new. */
  private static Map<String, Variable> optimizer(Model model, Map<String, Array> found) {
    List<Variable> all = model.optimizerVariables();
    List<Variable> first = all.stream().filter(v -> FIRST.contains(v.name())).toList();
    long kept = found.keySet().stream().filter(p -> p.startsWith(OPTIMIZER)).count();
    Map<String, Variable> wanted = new LinkedHashMap<>();
    for (Variable v : kept == first.size() ? first : all) {
      wanted.put(OPTIMIZER + "vars/" + wanted.size(), v);
    }
    return wanted;
  }

  private void check(Map<String, Array> found, Map<String, Variable> wanted) {
    Map<String, String> left = new TreeMap<>();
    found.forEach((p, a) -> left.put(p, TensorSpec.text(a.shape())));
    Map<String, String> right = new TreeMap<>();
    wanted.forEach((p, v) -> right.put(p, TensorSpec.text(v.shape())));
    if (left.equals(right)) {
      return;
    }
    List<String> all = new ArrayList<>(new TreeMap<>(both(left, right)).keySet());
    int width = all.stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder("the weights do not fit the model; nothing was loaded.");
    String row = "%n  %-" + width + "s  %-16s  %s";
    text.append(String.format(row, "weight", "in the file", "in the model"));
    for (String p : all) {
      text.append(
          String.format(
              row, p, left.getOrDefault(p, "-"), right.getOrDefault(p, "-") + label(wanted, p)));
    }
    throw fail("", text.toString(), null);
  }

  private static Map<String, String> both(Map<String, String> a, Map<String, String> b) {
    Map<String, String> all = new TreeMap<>(a);
    all.putAll(b);
    return all;
  }

  private static String label(Map<String, Variable> wanted, String path) {
    Variable v = wanted.get(path);
    return v == null ? "" : " " + v.path();
  }

  private ModelFormatException fail(
      String path, String text, @org.jspecify.annotations.Nullable Throwable cause) {
    return new ModelFormatException(file, path.isEmpty() ? entry : entry + "/" + path, text, cause);
  }
}
