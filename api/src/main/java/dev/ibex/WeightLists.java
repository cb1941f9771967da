package dev.ibex;

import dev.ibex.core.Variable;
import dev.ibex.graph.Checkpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Compares the weights of a file with those of a model. */
final class WeightLists {
  private WeightLists() {}

  /**
   * Checks that a checkpoint holds exactly a model's weights.
   *
   * @throws IllegalArgumentException if not; the text has both lists side by side
   */
  static void check(Path file, List<Checkpoint.Entry> found, Map<String, Variable> wanted) {
    List<String> left = found.stream().map(Checkpoint.Entry::toString).sorted().toList();
    List<String> right = new ArrayList<>();
    wanted.forEach(
        (path, v) -> right.add(new Checkpoint.Entry(path, v.dtype(), v.shape()).toString()));
    right.sort(null);
    if (left.equals(right)) {
      return;
    }
    int width = left.stream().mapToInt(String::length).max().orElse(0);
    width = Math.max(width, "in the file".length());
    StringBuilder text =
        new StringBuilder("checkpoint ")
            .append(file)
            .append(" is of another model; nothing was loaded.");
    row(text, width, "in the file", "in the model");
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
    throw new IllegalArgumentException(text.toString());
  }

  private static void row(StringBuilder text, int width, String a, String b) {
    text.append("\n  ").append(a).append(" ".repeat(width - a.length())).append("  ").append(b);
  }
}
