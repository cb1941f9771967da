package dev.ibex.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ibex.activations.Activations;
import dev.ibex.core.OperationTable;
import dev.ibex.core.OperationType;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/COVERAGE.md is this test's output: what there is of each of Keras's classes. */
class CoverageDocTest {
  private static final Path PAGE = Path.of("..", "docs", "COVERAGE.md");
  private static final Path RESOURCES = Path.of("src", "test", "resources");
  private static final String VERSION = "keras-3.15.1";

  private static final String HEAD =
      """
      # Coverage

      Every public class of Keras 3.15.1, and its activations, operations and networks: what Ibex has of them. A test \
      writes this page from the registry of classes and the table of operations.

      | status | meaning |
      |---|---|
      | yes | by that name, in Java's spelling, equal to Keras in value and in files |
      | other | Java has another form for it; the note says which |
      | never | left out on purpose; the note says why |
      | no | not there yet; a file that needs it is refused with its name |
      """;

  /** Families whose classes the registry holds, by their area. */
  private static final Map<String, Family> FAMILIES =
      Map.of(
          "layers", Family.LAYER,
          "losses", Family.LOSS,
          "metrics", Family.METRIC,
          "optimizers", Family.OPTIMIZER,
          "optimizers.schedules", Family.SCHEDULE,
          "initializers", Family.INITIALIZER,
          "regularizers", Family.REGULARIZER,
          "constraints", Family.CONSTRAINT);

  private final Map<String, Note> notes = notes();

  private enum Status {
    YES,
    OTHER,
    NEVER,
    NO;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Note(Status status, String text) {}

  private record Line(String name, Status status, String note) {}

  @Test
  void the_page_of_what_there_is_of_keras_is_current() throws IOException {
    String text = page();
    if (Boolean.getBoolean("ibex.write.docs")) {
      Files.writeString(PAGE, text);
    }
    assertThat(Files.readString(PAGE))
        .as("docs/COVERAGE.md; write it anew by mvn -pl tests -am test -Dibex.write.docs=true")
        .isEqualTo(text);
  }

  private String page() throws IOException {
    Map<String, List<Line>> areas = new LinkedHashMap<>();
    TreeSet<String> unused = new TreeSet<>(notes.keySet());
    for (JsonNode entry : golden("api")) {
      String area = entry.get("area").asText();
      unused.remove(area + "." + entry.get("name").asText());
      areas.computeIfAbsent(area, a -> new ArrayList<>()).add(line(area, entry));
    }
    assertThat(unused).as("notes on what Keras has not").isEmpty();
    StringBuilder page = new StringBuilder(HEAD);
    page.append("\n| area | yes | other | never | no |\n|---|---|---|---|---|\n");
    areas.forEach((area, lines) -> page.append(counts(area, lines)));
    areas.forEach((area, lines) -> page.append(section(area, lines)));
    return page.toString();
  }

  private static JsonNode golden(String name) throws IOException {
    Path file = RESOURCES.resolve("golden").resolve(VERSION).resolve(name + ".json");
    return new ObjectMapper().readTree(file.toFile()).get(name);
  }

  private static Map<String, Note> notes() {
    Properties read = new Properties();
    try (Reader in = Files.newBufferedReader(RESOURCES.resolve("coverage-notes.properties"))) {
      read.load(in);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    Map<String, Note> notes = new LinkedHashMap<>();
    for (String name : read.stringPropertyNames()) {
      String[] parts = read.getProperty(name).split(": ", 2);
      notes.put(name, new Note(Status.valueOf(parts[0].toUpperCase(Locale.ROOT)), parts[1]));
    }
    return notes;
  }

  private Line line(String area, JsonNode entry) {
    String name = entry.get("name").asText();
    boolean there = there(area, name, entry);
    Note note = notes.get(area + "." + name);
    if (note == null) {
      return new Line(name, there ? Status.YES : Status.NO, also(entry));
    }
    // what is in no registry is said to be there by its note alone
    boolean registered = FAMILIES.containsKey(area) || area.startsWith("ops");
    boolean right = there ? note.status == Status.YES : note.status != Status.YES || !registered;
    assertThat(right).as("the note on %s.%s is out of date", area, name).isTrue();
    return new Line(name, note.status, join(also(entry), note.text));
  }

  private static String also(JsonNode entry) {
    List<String> aliases = new ArrayList<>();
    entry.path("aliases").forEach(a -> aliases.add("`" + a.asText() + "`"));
    return aliases.isEmpty() ? "" : "also " + String.join(", ", aliases);
  }

  private static String join(String a, String b) {
    return a.isEmpty() ? b : a + "; " + b;
  }

  private static boolean there(String area, String name, JsonNode entry) {
    if (FAMILIES.containsKey(area)) {
      Family family = FAMILIES.get(area);
      // a Lambda is in no registry, for no file holds its function
      return Registry.INSTANCE.find(family, name).isPresent() || exists("dev.ibex.layers." + name);
    }
    if (area.startsWith("ops")) {
      JsonNode node = entry.path("operation");
      return OperationTable.get()
          .find(node.path(1).asText())
          .map(OperationType::module)
          .filter(node.path(0).asText()::equals)
          .isPresent();
    }
    return switch (area) {
      case "activations" -> activation(name);
      case "callbacks" -> exists("dev.ibex.callbacks." + name);
      default -> false;
    };
  }

  private static boolean activation(String name) {
    try {
      return Activations.of(name) != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean exists(String className) {
    try {
      return Class.forName(className) != null;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  private static String counts(String area, List<Line> lines) {
    Map<Status, Long> counts =
        lines.stream().collect(Collectors.groupingBy(Line::status, Collectors.counting()));
    StringBuilder row = new StringBuilder("| ").append(area);
    for (Status status : Status.values()) {
      row.append(" | ").append(counts.getOrDefault(status, 0L));
    }
    return row.append(" |\n").toString();
  }

  private static String section(String area, List<Line> lines) {
    StringBuilder section = new StringBuilder("\n## ").append(area).append("\n\n");
    section.append("| name | status | notes |\n|---|---|---|\n");
    for (Line l : lines) {
      section.append("| ").append(l.name).append(" | ").append(l.status.word()).append(" |");
      section.append(l.note.isEmpty() ? "" : " " + l.note).append(" |\n");
    }
    return section.toString();
  }
}
