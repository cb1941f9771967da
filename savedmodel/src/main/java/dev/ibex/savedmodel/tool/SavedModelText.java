package dev.ibex.savedmodel.tool;

import dev.ibex.savedmodel.outline.AssetOutline;
import dev.ibex.savedmodel.outline.FunctionOutline;
import dev.ibex.savedmodel.outline.GraphOutline;
import dev.ibex.savedmodel.outline.OpCounts;
import dev.ibex.savedmodel.outline.SavedModelOutline;
import dev.ibex.savedmodel.outline.SignatureOutline;
import dev.ibex.savedmodel.outline.TensorOutline;
import dev.ibex.savedmodel.outline.VariableOutline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tensorflow.TensorFlow;

/** What {@code inspect} prints for people of the graphs of a SavedModel. */
final class SavedModelText {
  private static final int WIDTH = 100;

  private final List<String> lines = new ArrayList<>();

  private SavedModelText() {}

  /**
   * Returns the lines of all graphs.
   *
   * @param variables whether they are listed: not where the model's weights are
   */
  static List<String> of(SavedModelOutline outline, boolean variables) {
    SavedModelText text = new SavedModelText();
    outline.graphs().forEach(g -> text.graph(g, variables));
    if (!outline.fingerprint().isEmpty()) {
      text.section("Fingerprint");
      Table table = new Table();
      outline.fingerprint().forEach(table::row);
      text.lines.addAll(table.lines());
    }
    return text.lines;
  }

  private void section(String title) {
    lines.add("");
    lines.add(title + ":");
  }

  private void graph(GraphOutline graph, boolean variables) {
    lines.add("");
    lines.add(
        "Graph "
            + graph.tags()
            + " of TensorFlow "
            + graph.tensorFlow()
            + (graph.version().isEmpty() ? "" : ", written by " + graph.version()));
    section("Signatures");
    graph.signatures().forEach(this::signature);
    functions(graph.functions());
    if (variables) {
      variables(graph.distinctVariables());
    }
    assets(graph.assets());
    ops(graph.ops());
  }

  private void signature(SignatureOutline signature) {
    lines.add(("  " + signature.name() + "  " + signature.method()).stripTrailing());
    Table table = new Table();
    signature.inputs().forEach(t -> row(table, "    input", t));
    signature.outputs().forEach(t -> row(table, "    output", t));
    table.lines().forEach(l -> lines.add(l.substring(2)));
  }

  private static void row(Table table, String kind, TensorOutline tensor) {
    table.row(kind, tensor.name(), tensor.spec(), tensor.tensor());
  }

  private void functions(List<FunctionOutline> functions) {
    if (functions.isEmpty()) {
      return;
    }
    section("Functions");
    functions.stream()
        .filter(FunctionOutline::outermost)
        .forEach(f -> f.concreteFunctions().forEach(c -> lines.add("  " + f.path() + c)));
    long inner = functions.stream().filter(f -> !f.outermost()).count();
    if (inner > 0) {
      lines.add("  and " + inner + " of inner objects, which --json lists");
    }
  }

  private void variables(List<VariableOutline> variables) {
    if (variables.isEmpty()) {
      return;
    }
    section("Variables");
    Table table = new Table();
    for (VariableOutline v : variables) {
      table.row(
          v.name(),
          v.spec(),
          v.bytes().map(b -> String.format(Locale.ROOT, "%,d bytes", b)).orElse(""),
          v.trainable().orElse(true) ? "" : "not trainable");
    }
    lines.addAll(table.lines());
    long bytes = variables.stream().mapToLong(v -> v.bytes().orElse(0L)).sum();
    lines.add(String.format(Locale.ROOT, "  %d in all, %,d bytes", variables.size(), bytes));
  }

  private void assets(List<AssetOutline> assets) {
    if (assets.isEmpty()) {
      return;
    }
    section("Assets");
    Table table = new Table();
    assets.forEach(a -> table.row(a.name(), a.tensor(), a.there() ? "" : "missing"));
    lines.addAll(table.lines());
  }

  private void ops(OpCounts ops) {
    section(
        String.format(
            Locale.ROOT,
            "Ops, %,d in the graph and %,d in functions",
            ops.graph(),
            ops.functions()));
    StringBuilder line = new StringBuilder();
    ops.counts()
        .forEach(
            (op, count) -> {
              String part = op + " " + count;
              if (line.length() + part.length() > WIDTH) {
                lines.add("  " + line + ",");
                line.setLength(0);
              }
              line.append(line.isEmpty() ? "" : ", ").append(part);
            });
    lines.add("  " + line);
    if (!ops.unknown().isEmpty()) {
      section("Ops that TensorFlow " + TensorFlow.version() + " here does not have");
      lines.add("  " + String.join(", ", ops.unknown()));
    }
  }
}
