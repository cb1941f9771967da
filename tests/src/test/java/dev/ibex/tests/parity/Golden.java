package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.provider.Arguments;
import org.tensorflow.ndarray.Shape;

/** Reads the files that {@code goldens} wrote, and compares arrays with them. */
final class Golden {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Golden() {}

  /** Returns a file's content. */
  static JsonNode read(String name) {
    String path = "/golden/keras-3.15.1/" + name + ".json";
    try (InputStream in = Golden.class.getResourceAsStream(path)) {
      return JSON.readTree(Objects.requireNonNull(in, path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the cases of all files about layers: {@code layers.json}, {@code layers_pooling.json}…
   */
  static Stream<Arguments> layers() {
    return all("layers");
  }

  /** Returns the cases of all files about operations. */
  static Stream<Arguments> operations() {
    return all("operations");
  }

  private static Stream<Arguments> all(String prefix) {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden/keras-3.15.1"))) {
      return files
          .map(f -> f.getFileName().toString().replace(".json", ""))
          .filter(f -> f.startsWith(prefix))
          .sorted()
          .toList()
          .stream()
          .flatMap(f -> cases(read(f)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the entries as cases of a parametrised test. */
  static Stream<Arguments> cases(JsonNode entries) {
    List<Arguments> all = new ArrayList<>();
    for (JsonNode entry : entries) {
      all.add(Arguments.of(all.size() + " " + title(entry), entry));
    }
    return all.stream();
  }

  private static String title(JsonNode entry) {
    if (entry.has("name")) {
      return entry.get("name").asText();
    } else if (entry.has("function")) {
      return entry.get("function").asText() + entry.get("kwargs") + entry.at("/input/shape");
    }
    return entry.at("/object/class_name").asText() + entry.at("/object/config");
  }

  /** Returns a shape. */
  static Shape shape(JsonNode sizes) {
    return Shape.of(
        StreamSupport.stream(sizes.spliterator(), false).mapToLong(JsonNode::asLong).toArray());
  }

  /** Returns an array; its numbers are parsed in its own type. */
  static Array array(JsonNode node) {
    DType dtype = DType.of(node.get("dtype").asText());
    JsonNode data = node.get("data");
    return Array.generate(dtype, shape(node.get("shape")), i -> number(data.get(i), dtype));
  }

  private static double number(JsonNode value, DType dtype) {
    if (value.isBoolean()) {
      return value.asBoolean() ? 1 : 0;
    }
    return dtype.isFloating() && dtype != DType.FLOAT64
        ? Float.parseFloat(value.asText())
        : Double.parseDouble(value.asText());
  }

  /** Asserts shape and values; the tolerance is relative for values beyond 1. */
  static void assertClose(Array actual, Array expected, double tolerance) {
    assertThat(actual.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < expected.size(); i++) {
      double e = expected.number(i);
      double a = actual.number(i);
      boolean same = a == e || (Double.isNaN(a) && Double.isNaN(e));
      assertThat(same || Math.abs(a - e) <= tolerance * Math.max(1, Math.abs(e)))
          .as("element %d: expected %s, got %s, tolerance %s", i, e, a, tolerance)
          .isTrue();
    }
  }

  /**
   * Returns the object of a case: what Keras serialized, with the constructor's arguments where
   * Keras leaves some out.
   */
  static <T> T object(Class<T> type, JsonNode entry) {
    ObjectNode serialized = entry.get("object").deepCopy();
    if (entry.has("arguments")) {
      ((ObjectNode) serialized.get("config")).setAll((ObjectNode) entry.get("arguments"));
    }
    return ConfigCodec.get().fromJson(type, serialized.toString());
  }

  /** Returns a layer with another dtype policy, and so what it wraps if that keeps its own. */
  static Layer layer(JsonNode serialized, DTypePolicy policy) {
    ObjectNode copy = serialized.deepCopy();
    ((ObjectNode) copy.get("config")).put("dtype", policy.kerasName());
    if (copy.get("class_name").asText().equals("SpectralNormalization")) {
      ((ObjectNode) copy.at("/config/layer/config")).put("dtype", policy.kerasName());
    }
    return ConfigCodec.get().fromJson(Layer.class, copy.toString());
  }

  /** Returns whether there is the class of a case. */
  static boolean exists(Class<?> type, JsonNode entry) {
    try {
      object(type, entry);
      return true;
    } catch (UnsupportedConfigException e) {
      return e.kind() != UnsupportedConfigException.Kind.CLASS;
    }
  }
}
