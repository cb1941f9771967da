package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.Checkpoint;
import dev.ibex.graph.StatelessRandom;
import dev.ibex.graph.TensorBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of one model by path: reading, storing, checkpoints. */
final class ModelWeights {
  private final Map<String, Variable> byPath;
  private final List<Variable> variables;

  ModelWeights(Map<String, Variable> byPath) {
    this.byPath = byPath;
    this.variables = List.copyOf(byPath.values());
  }

  Map<String, Variable> byPath() {
    return byPath;
  }

  List<Variable> variables() {
    return variables;
  }

  /** Sets what first values are drawn from, where they are not drawn yet. */
  void seed(long seed) {
    variables.forEach(v -> v.seed(StatelessRandom.seed(seed, v.path())));
  }

  Variable get(String path) {
    Variable v = byPath.get(path);
    if (v == null) {
      throw new IllegalArgumentException(
          "path: there is no weight \"" + path + "\"; there are " + byPath.keySet());
    }
    return v;
  }

  Map<String, Array> values() {
    List<Array> values = ModelRuntime.values(variables);
    Map<String, Array> named = new LinkedHashMap<>();
    byPath.keySet().forEach(path -> named.put(path, values.get(named.size())));
    return named;
  }

  void assign(Map<String, Array> values) {
    Map<Variable, Array> all = new LinkedHashMap<>();
    values.forEach(
        (path, a) -> {
          Variable v = get(path);
          Check.that(
              v.shape().equals(a.shape()),
              "%s: expected the shape %s, got %s",
              path,
              TensorSpec.text(v.shape()),
              TensorSpec.text(a.shape()));
          all.put(v, a);
        });
    ModelRuntime.assignAll(all);
  }

  void save(Path directory) {
    Checkpoint.write(directory, values());
  }

  /** Reads a checkpoint that holds exactly these weights. */
  void load(Path directory) {
    check(directory, Checkpoint.content(directory));
    assign(Checkpoint.read(directory));
  }

  private void check(Path file, List<TensorBundle.Entry> found) {
    List<String> left = found.stream().map(TensorBundle.Entry::toString).sorted().toList();
    List<String> right = new ArrayList<>();
    byPath.forEach(
        (path, v) -> right.add(new TensorBundle.Entry(path, v.dtype(), v.shape()).toString()));
    right.sort(null);
    if (!left.equals(right)) {
      throw new IllegalArgumentException(
          "checkpoint "
              + file
              + " is of another model; nothing was loaded."
              + sideBySide(left, right, "in the model"));
    }
  }

  /** Returns two sorted lists in two columns, equal entries in one row. */
  static String sideBySide(List<String> left, List<String> right, String heading) {
    int width = left.stream().mapToInt(String::length).max().orElse(0);
    width = Math.max(width, "in the file".length());
    StringBuilder text = new StringBuilder();
    row(text, width, "in the file", heading);
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      String a = i < left.size() ? left.get(i) : "";
      String b = j < right.size() ? right.get(j) : "";
      int order = a.isEmpty() ? 1 : b.isEmpty() ? -1 : a.compareTo(b);
      row(text, width, order <= 0 ? a : "-", order >= 0 ? b : "-");
      i += order <= 0 ? 1 : 0;
      j += order >= 0 ? 1 : 0;
    }
    return text.toString();
  }

  private static void row(StringBuilder text, int width, String a, String b) {
    text.append("\n  ").append(a).append(" ".repeat(width - a.length())).append("  ").append(b);
  }
}
