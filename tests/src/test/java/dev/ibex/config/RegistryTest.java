package dev.ibex.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ibex.Input;
import dev.ibex.core.Layer;
import dev.ibex.core.Stochastic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every built-in class is compared with real Keras: a class without golden values fails here. */
class RegistryTest {
  private static final Map<String, Integer> CASES = new HashMap<>();
  private static final Map<String, Integer> TRAINED = new HashMap<>();

  static {
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/golden/keras-3.15.1"))) {
      files
          .filter(f -> !f.endsWith("fit.json") && !f.endsWith("defaults.json"))
          .forEach(f -> count(read(f)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode read(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void count(JsonNode node) {
    JsonNode object = node.has("layer") ? node.get("layer") : node.path("object");
    if (object.has("class_name")) {
      String key = object.get("module").asText() + "." + object.get("class_name").asText();
      CASES.merge(key, 1, Integer::sum);
      if (node.has("train")) {
        TRAINED.merge(key, 1, Integer::sum);
      }
    } else {
      node.forEach(RegistryTest::count);
    }
  }

  static Stream<Arguments> builtIns() {
    return BuiltIns.rows().stream()
        .filter(r -> !(r.prototype() instanceof Input)) // every golden model has one
        .map(r -> Arguments.of(r.module() + "." + r.className(), r.prototype()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("builtIns")
  void a_built_in_class_has_values_of_keras(String name, Object prototype) {
    boolean layer = prototype instanceof Layer;
    assertThat(CASES.getOrDefault(name, 0))
        .as("cases in golden/keras-3.15.1; add them to the goldens")
        .isGreaterThanOrEqualTo(layer ? 3 : 1);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layersWithGradient")
  void a_layer_is_trained_with_values_of_keras(String name) {
    assertThat(TRAINED.getOrDefault(name, 0)).isGreaterThanOrEqualTo(1);
  }

  static Stream<Arguments> layersWithGradient() {
    return builtIns()
        .filter(a -> a.get()[1] instanceof Layer)
        .filter(a -> !(a.get()[1] instanceof Stochastic)); // what they train on is random
  }
}
