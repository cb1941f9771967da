package dev.ibex.savedmodel.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Model;
import dev.ibex.core.SymbolicTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code inspect} prints for people. */
final class InspectionText {
  private final List<String> lines = new ArrayList<>();
  private final Inspection found;

  private InspectionText(Inspection found) {
    this.found = found;
  }

  static List<String> of(Inspection found) {
    InspectionText text = new InspectionText(found);
    text.head();
    found.model().ifPresentOrElse(text::model, text::layers);
    boolean graphAlone = found.file().savedModel().isPresent() && found.model().isEmpty();
    if (!graphAlone) {
      text.weights("Weights", found.weights().layers());
    }
    text.compilation();
    text.weights("State of the optimizer", found.weights().optimizer());
    found.file().savedModel().ifPresent(s -> text.lines.addAll(SavedModelText.of(s, graphAlone)));
    return text.lines;
  }

  private void head() {
    ModelFile file = found.file();
    lines.add(file.path() + ": " + file.description());
    file.about().forEach((key, value) -> lines.add("  " + key + ": " + value));
    found.problems().forEach(problem -> section("Cannot be loaded").add("  " + problem));
  }

  /** Begins a part. */
  private List<String> section(String title) {
    lines.add("");
    lines.add(title + ":");
    return lines;
  }

  private void model(Model model) {
    lines.add("");
    model.summary(lines::add);
    tensors("Inputs", model.inputNames(), model.inputs());
    tensors("Outputs", model.outputNames(), model.outputs());
  }

  private void tensors(String title, List<String> names, List<SymbolicTensor> tensors) {
    section(title);
    Table table = new Table();
    for (int i = 0; i < names.size(); i++) {
      table.row(names.get(i), tensors.get(i).spec().toString());
    }
    lines.addAll(table.lines());
  }

  private void layers() {
    if (!found.layers().isEmpty()) {
      section("Layers");
      Table table = new Table();
      found.layers().forEach(l -> table.row(l.name(), l.className()));
      lines.addAll(table.lines());
    }
    if (found.parameters() > 0) {
      lines.add("");
      params("Total", found.parameters());
      found.trainable().ifPresent(n -> params("Trainable", n));
      found.trainable().ifPresent(n -> params("Non-trainable", found.parameters() - n));
    }
  }

  private void params(String which, long number) {
    lines.add(String.format(Locale.ROOT, "%s params: %,d", which, number));
  }

  private void weights(String title, List<Weight> weights) {
    if (weights.isEmpty()) {
      return;
    }
    section(title);
    Table table = new Table();
    for (Weight w : weights) {
      table.row(w.path(), w.spec().toString(), w.trainable().orElse(true) ? "" : "not trainable");
    }
    lines.addAll(table.lines());
  }

  private void compilation() {
    Optional<Compilation> compilation = found.compilation();
    if (compilation.isEmpty()) {
      if (found.file().config().isPresent()) {
        lines.add("");
        lines.add("Not compiled");
      }
      return;
    }
    section("Compilation");
    Table table = new Table();
    Compilation c = compilation.get();
    table.row("optimizer", c.optimizerClass() + settings(c.settings()));
    found.state("iteration").ifPresent(n -> table.row("iteration", n.toString()));
    found.state("learning_rate").ifPresent(n -> table.row("learning_rate", n.toString()));
    c.rest()
        .forEachEntry(
            (key, value) -> {
              if (!value.isNull()) {
                table.row(key, value(value));
              }
            });
    lines.addAll(table.lines());
  }

  /** Returns the settings that say something. */
  private static String settings(JsonNode config) {
    List<String> parts = new ArrayList<>();
    config.forEachEntry(
        (key, value) -> {
          if (!value.isNull() && !key.equals("name")) {
            parts.add(key + "=" + value(value));
          }
        });
    return "(" + String.join(", ", parts) + ")";
  }

  /** Returns a value of Keras's JSON; an object as its class and settings. */
  private static String value(JsonNode node) {
    if (node.isTextual()) {
      return node.asText();
    } else if (node.isArray()) {
      List<String> all = new ArrayList<>();
      node.forEach(n -> all.add(value(n)));
      return all.stream().collect(Collectors.joining(", ", "[", "]"));
    } else if (node.has("class_name")) {
      return node.get("class_name").asText() + settings(node.path("config"));
    }
    return Json.line(node);
  }
}
