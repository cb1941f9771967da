package dev.ibex.pictures;

import dev.ibex.pictures.DiagramGraph.Arrow;
import dev.ibex.pictures.DiagramGraph.Box;
import dev.ibex.pictures.DiagramGraph.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Diagrams as text for Mermaid. */
final class Mermaid {
  private final List<String> lines = new ArrayList<>(List.of("flowchart TD"));

  private final DiagramGraph graph;

  private Mermaid(DiagramGraph graph) {
    this.graph = graph;
  }

  static String text(DiagramGraph graph) {
    Mermaid text = new Mermaid(graph);
    graph.boxes().forEach(box -> text.add(box, "  "));
    for (Arrow arrow : graph.arrows()) {
      String label = arrow.label().isEmpty() ? "" : "|" + escaped(arrow.label()) + "|";
      text.lines.add("  n" + arrow.from() + " -->" + label + " n" + arrow.to());
    }
    text.lines.add("  classDef input " + style(Role.INPUT));
    text.lines.add("  classDef output " + style(Role.OUTPUT));
    return String.join("\n", text.lines) + "\n";
  }

  private static String style(Role role) {
    return String.format(
        Locale.ROOT, "fill:#%06x,stroke:#%06x,color:#222", role.fill(), role.line());
  }

  private void add(Box box, String indent) {
    String id = "n" + box.number();
    if (box.inside().isEmpty()) {
      String label =
          String.join(
              "<br/>",
              Stream.concat(Stream.of(box.name(), box.type()), box.details().stream())
                  .map(Mermaid::escaped)
                  .toList());
      Role role = graph.role(box);
      String mark = role == Role.INNER ? "" : ":::" + role.name().toLowerCase(Locale.ROOT);
      lines.add(indent + id + "[\"" + label + "\"]" + mark);
    } else {
      lines.add(indent + "subgraph " + id + "[\"" + escaped(box.title()) + "\"]");
      box.inside().forEach(inner -> add(inner, indent + "  "));
      lines.add(indent + "end");
    }
  }

  private static String escaped(String text) {
    return text.replace("#", "#35;")
        .replace("\"", "#quot;")
        .replace("<", "#lt;")
        .replace(">", "#gt;")
        .replace("|", "#124;");
  }
}
