package dev.ibex.tests.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.savedmodel.npy.Npy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.tensorflow.ndarray.Shape;

/** One folder with a {@code case.json}: its files and its tolerances. */
final class Case {
  private static final JsonMapper MAPPER = new JsonMapper();

  private final Path folder;
  private final JsonNode info;

  Case(Path folder) throws IOException {
    this.folder = folder;
    this.info = MAPPER.readTree(folder.resolve("case.json").toFile());
  }

  JsonNode info() {
    return info;
  }

  String kind() {
    return info.path("kind").asText();
  }

  Path path(String file) {
    return folder.resolve(file);
  }

  /** Returns the array of a file: numbers, or strings in JSON. */
  Array load(String file) {
    if (!file.endsWith(".json")) {
      return Npy.read(path(file));
    }
    try {
      JsonNode d = MAPPER.readTree(path(file).toFile());
      long[] shape = elements(d.get("shape")).stream().mapToLong(JsonNode::asLong).toArray();
      return Array.of(
          Shape.of(shape),
          elements(d.get("data")).stream().map(JsonNode::asText).toArray(String[]::new));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  List<Array> loads(JsonNode files) {
    return elements(files).stream().map(f -> load(f.asText())).toList();
  }

  static List<JsonNode> elements(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).toList();
  }

  // ---- comparing --------------------------------------------------------------------------

  void compareAll(String what, List<Array> actual, JsonNode files) {
    if (actual.size() != files.size()) {
      throw new Mismatch(what + ": " + actual.size() + " arrays instead of " + files.size());
    }
    for (int i = 0; i < actual.size(); i++) {
      compare(what + " " + i, actual.get(i), load(files.get(i).asText()));
    }
  }

  void compare(String what, Array actual, Array expected) {
    if (!actual.shape().equals(expected.shape())) {
      throw new Mismatch(what + ": shape " + actual.shape() + " instead of " + expected.shape());
    }
    if (actual.dtype() == DType.STRING || expected.dtype() == DType.STRING) {
      if (!Arrays.equals(actual.strings(), expected.strings())) {
        throw new Mismatch(what + ": strings differ");
      }
      return;
    }
    double[] a = new double[actual.size()];
    Arrays.setAll(a, actual::number);
    double[] e = new double[expected.size()];
    Arrays.setAll(e, expected::number);
    compare(what, a, e);
  }

  /** Compares as NumPy's allclose does. */
  void compare(String what, double[] actual, double[] expected) {
    double rtol = info.path("rtol").asDouble();
    double atol = info.path("atol").asDouble();
    double worst = 0;
    boolean wrong = actual.length != expected.length;
    for (int i = 0; i < expected.length && !wrong; i++) {
      double difference = Math.abs(actual[i] - expected[i]);
      boolean same = actual[i] == expected[i];
      if (!same && !(difference <= atol + rtol * Math.abs(expected[i]))) {
        wrong = true;
      }
    }
    for (int i = 0; wrong && i < Math.min(actual.length, expected.length); i++) {
      double difference = actual[i] == expected[i] ? 0 : Math.abs(actual[i] - expected[i]);
      worst = Double.isNaN(difference) ? Double.NaN : Math.max(worst, difference);
    }
    if (actual.length != expected.length) {
      throw new Mismatch(what + ": " + actual.length + " values instead of " + expected.length);
    } else if (wrong) {
      throw new Mismatch(what + ": differs by " + String.format("%.3g", worst));
    }
  }

  static double[] numbers(JsonNode list) {
    List<Double> all = new ArrayList<>();
    list.forEach(n -> all.add(n.isTextual() ? Double.parseDouble(n.asText()) : n.asDouble()));
    return all.stream().mapToDouble(d -> d).toArray();
  }
}
