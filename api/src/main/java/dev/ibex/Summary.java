package dev.ibex;

import dev.ibex.core.Layer;
import dev.ibex.core.Node;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The table that {@code model.summary} prints. */
final class Summary {
  private Summary() {}

  static List<String> of(Model model) {
    List<String[]> rows = new ArrayList<>();
    rows.add(new String[] {"Layer (type)", "Output shape", "Params", "Connected to"});
    for (Layer layer : model.layers()) {
      List<Node> nodes = model.network().nodes().stream().filter(n -> n.layer() == layer).toList();
      String shape =
          nodes.get(0).outputs().stream()
              .map(t -> TensorSpec.text(t.shape()))
              .collect(Collectors.joining(", "));
      String from =
          nodes.stream()
              .flatMap(n -> n.arguments().tensors().stream())
              .map(t -> model.network().name(t.node().layer()))
              .distinct()
              .collect(Collectors.joining(", "));
      rows.add(
          new String[] {
            model.network().name(layer) + " (" + layer.className() + ")",
            shape,
            count(layer.weights()),
            from
          });
    }
    List<String> lines = new ArrayList<>();
    String name = model.name().isEmpty() ? Layer.snakeCase(model.className()) : model.name();
    lines.add("Model: \"" + name + "\"");
    lines.addAll(aligned(rows));
    List<Variable> all = model.weights();
    List<Variable> trainable = all.stream().filter(Variable::trainable).toList();
    List<Variable> rest = all.stream().filter(v -> !v.trainable()).toList();
    lines.add("Total params: " + count(all));
    lines.add("Trainable params: " + count(trainable));
    lines.add("Non-trainable params: " + count(rest));
    return lines;
  }

  private static String count(List<Variable> weights) {
    return String.format(
        Locale.ROOT, "%,d", weights.stream().mapToLong(v -> v.shape().size()).sum());
  }

  private static List<String> aligned(List<String[]> rows) {
    int[] width = new int[4];
    for (String[] row : rows) {
      for (int i = 0; i < 4; i++) {
        width[i] = Math.max(width[i], row[i].length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (String[] r : rows) {
      lines.add(
          (pad(r[0], width[0])
                  + "  "
                  + pad(r[1], width[1])
                  + "  "
                  + " ".repeat(width[2] - r[2].length())
                  + r[2]
                  + "  "
                  + r[3])
              .stripTrailing());
      if (lines.size() == 1) {
        lines.add("-".repeat(width[0] + width[1] + width[2] + width[3] + 6));
      }
    }
    return lines;
  }

  private static String pad(String s, int width) {
    return s + " ".repeat(width - s.length());
  }
}
