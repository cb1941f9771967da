package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ibex.Compile;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.core.Optimizer;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adagrad;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.Nadam;
import dev.ibex.optimizers.RMSprop;
import dev.ibex.optimizers.SGD;
import dev.ibex.schedules.ExponentialDecay;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/**
 * Loads what many versions of Keras wrote; the tables in docs/FORMATS.md are this test's output.
 *
 * <p>{@code src/test/python/versions} writes the files and the numbers to compare with.
 */
class VersionsTest {
  private static final Path ARCHIVES = Path.of("src", "test", "resources", "versions");
  private static final Path PAGE = Path.of("..", "docs", "FORMATS.md");
  private static final String BEGIN = "<!-- versions -->\n";
  private static final String END = "<!-- end of versions -->\n";

  private static final String WEIGHTS = ".weights.h5";
  private static final List<String> ENDINGS = List.of(".keras", ".v3.keras", ".h5", WEIGHTS);
  private static final List<String> KINDS =
      List.of(
          "mlp",
          "mlp_legacy",
          "mlp_sgd",
          "mlp_nadam",
          "dropout",
          "cnn",
          "functional",
          "nested",
          "text",
          "mixed",
          "half");

  /** Kinds that compute in 16 bits: two results may round apart, by 1/256 in bfloat16. */
  private static final Set<String> HALF = Set.of("mixed", "half");

  /** What a version of Keras itself does with a file of its own. */
  private static final String OTHERWISE = "keras_trains_otherwise";

  private static final int EPOCHS = 3;
  private static final int BATCH = 4;

  private final List<String> notes = new ArrayList<>();

  @TempDir Path folder;

  @Test
  void the_tables_of_versions_are_current() throws IOException {
    String text = tables(versions());
    String page = Files.readString(PAGE);
    int begin = page.indexOf(BEGIN) + BEGIN.length();
    int end = page.indexOf(END);
    if (Boolean.getBoolean("ibex.write.docs")) {
      page = page.substring(0, begin) + text + page.substring(end);
      Files.writeString(PAGE, page);
      end = page.indexOf(END);
    }
    assertThat(page.substring(begin, end))
        .as(
            "tables in docs/FORMATS.md; write them by mvn -pl tests -am test -Dibex.write.docs=true")
        .isEqualTo(text);
  }

  private String tables(Map<String, JsonNode> versions) {
    StringBuilder text = new StringBuilder();
    for (String ending : ENDINGS) {
      List<String> kinds = KINDS.stream().filter(k -> written(versions, k, ending)).toList();
      text.append("\n`").append(ending).append("`\n\n| |");
      kinds.forEach(k -> text.append(' ').append(k).append(" |"));
      text.append("\n|---|").append("---|".repeat(kinds.size())).append('\n');
      versions.forEach(
          (version, cases) -> {
            if (kinds.stream().allMatch(k -> facts(cases, k, ending).isMissingNode())) {
              return;
            }
            text.append("| ").append(version.replace('-', ' ')).append(" |");
            kinds.forEach(
                k -> text.append(' ').append(cell(version, cases, k, ending)).append(" |"));
            text.append('\n');
          });
    }
    text.append('\n');
    for (int i = 0; i < notes.size(); i++) {
      text.append(i + 1).append(". ").append(notes.get(i)).append('\n');
    }
    return text.toString();
  }

  private static boolean written(Map<String, JsonNode> versions, String kind, String ending) {
    return versions.values().stream().anyMatch(v -> !facts(v, kind, ending).isMissingNode());
  }

  private static JsonNode facts(JsonNode cases, String kind, String ending) {
    return cases.path("kinds").path(kind).path("files").path(kind + ending);
  }

  private String cell(String version, JsonNode cases, String kind, String ending) {
    JsonNode facts = facts(cases, kind, ending);
    if (facts.isMissingNode()) {
      return "";
    } else if (facts.has("not_written")) {
      return "–";
    }
    Path file = folder.resolve(version).resolve(kind + ending);
    try {
      check(file, kind, cases.get("kinds").get(kind), facts);
      return facts.isEmpty() ? "yes" : "yes*";
    } catch (RuntimeException | AssertionError e) {
      return "no (" + note(String.valueOf(e.getMessage()), file) + ")";
    }
  }

  /** Returns the number of the note of a failure. */
  private int note(String text, Path file) {
    String note =
        text.replace(file.toString(), "the file")
            .lines()
            .findFirst()
            .orElse("")
            .replace("|", "\\|");
    if (!notes.contains(note)) {
      notes.add(note);
    }
    return notes.indexOf(note) + 1;
  }

  /**
   * Asserts that a file predicts as it did in Keras, and trains on as it did: as the model did that
   * was saved, or as Keras itself does with the file.
   */
  private static void check(Path file, String kind, JsonNode expected, JsonNode facts) {
    boolean alone = file.toString().endsWith(WEIGHTS);
    try (Model model = alone ? loadWeights(file, kind) : Models.load(file)) {
      Data data = data(model, expected.get("inputs"));
      List<Array> predicted = List.copyOf(model.predict(data).all().values());
      for (int i = 0; i < predicted.size(); i++) {
        double[] wanted = numbers(expected.get("predictions").get(i).get("values"));
        close("prediction", predicted.get(i).doubles(), wanted, HALF.contains(kind) ? 1e-2 : 1e-5);
      }
      if (expected.has("losses")) {
        if (alone) {
          model.compile(compilation(kind, model.outputNames()));
        }
        for (int i = 0; i < model.outputNames().size(); i++) {
          data = data.target(model.outputNames().get(i), array(expected.get("targets").get(i)));
        }
        double[] losses =
            model.fit(data, Fit.epochs(EPOCHS).batchSize(BATCH).shuffle(false)).get("loss").stream()
                .mapToDouble(d -> d)
                .toArray();
        try {
          close(
              "loss",
              losses,
              numbers(expected.get(alone ? "losses_of_new_optimizer" : "losses")),
              1e-4);
        } catch (AssertionError e) {
          if (!facts.has(OTHERWISE)) {
            throw e;
          }
          close("loss", losses, numbers(facts.get(OTHERWISE)), 1e-4);
        }
      }
    }
  }

  private static Model loadWeights(Path file, String kind) {
    Model model = Models.fromJson(read(file.resolveSibling(kind + ".json")));
    try {
      model.loadWeights(file);
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
    return model;
  }

  /** How write.py compiles a kind. */
  private static Compile compilation(String kind, List<String> outputs) {
    return switch (kind) {
      case "mlp" -> classifier(Adam.of(0.003));
      case "mlp_sgd" -> classifier(SGD.of(0.05));
      case "mlp_nadam" -> classifier(Nadam.of(0.003));
      case "cnn" ->
          Compile.with(
                  SGD.of()
                      .learningRate(ExponentialDecay.of(0.01, 2, 0.9))
                      .momentum(0.9)
                      .nesterov(true))
              .loss(MeanSquaredError.of());
      case "functional" ->
          Compile.with(RMSprop.of(0.002))
              .output(outputs.get(0), MeanSquaredError.of(), 0.5)
              .output(outputs.get(1), SparseCategoricalCrossentropy.of(), 1.5);
      case "text" ->
          Compile.with(Adagrad.of(0.05)).loss(BinaryCrossentropy.of()).metrics(Metrics.accuracy());
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private static Compile classifier(Optimizer optimizer) {
    return Compile.with(optimizer)
        .loss(SparseCategoricalCrossentropy.of())
        .metrics(Metrics.accuracy());
  }

  private static Data data(Model model, JsonNode inputs) {
    Data data = Data.inputs(model.inputNames().get(0), array(inputs.get(0)));
    for (int i = 1; i < inputs.size(); i++) {
      data = data.input(model.inputNames().get(i), array(inputs.get(i)));
    }
    return data;
  }

  private static Array array(JsonNode node) {
    long[] shape =
        StreamSupport.stream(node.get("shape").spliterator(), false)
            .mapToLong(JsonNode::asLong)
            .toArray();
    double[] values = numbers(node.get("values"));
    return Array.generate(DType.of(node.get("dtype").asText()), Shape.of(shape), i -> values[i]);
  }

  private static double[] numbers(JsonNode values) {
    return StreamSupport.stream(values.spliterator(), false)
        .mapToDouble(JsonNode::asDouble)
        .toArray();
  }

  /** The tolerance is relative for values beyond 1. */
  private static void close(String what, double[] actual, double[] wanted, double tolerance) {
    assertThat(actual).as("number of values of %s", what).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.length; i++) {
      double off = Math.abs(actual[i] - wanted[i]) / Math.max(1, Math.abs(wanted[i]));
      if (!(off <= tolerance)) {
        throw new AssertionError(
            String.format("%s %d is %.6g instead of %.6g", what, i, actual[i], wanted[i]));
      }
    }
  }

  /** Unpacks all archives; returns their cases, oldest version first. */
  private Map<String, JsonNode> versions() throws IOException {
    Map<String, JsonNode> versions =
        new TreeMap<>(Comparator.comparing(VersionsTest::sortable).thenComparing(v -> v));
    List<Path> archives;
    try (Stream<Path> list = Files.list(ARCHIVES)) {
      archives = list.toList();
    }
    for (Path archive : archives) {
      String version = archive.getFileName().toString().replace(".zip", "");
      Path target = Files.createDirectory(folder.resolve(version));
      try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(archive))) {
        for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
          Files.copy(zip, target.resolve(e.getName()));
        }
      }
      versions.put(version, new ObjectMapper().readTree(target.resolve("cases.json").toFile()));
    }
    return Collections.unmodifiableMap(versions);
  }

  private static String sortable(String version) {
    return Pattern.compile("\\d+")
        .matcher(version)
        .results()
        .map(MatchResult::group)
        .map(n -> String.format("%4s", n))
        .collect(Collectors.joining());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
