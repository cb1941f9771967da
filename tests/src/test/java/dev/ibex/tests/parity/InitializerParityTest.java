package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.core.Initializer;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.initializers.Identity;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class InitializerParityTest {
  static Stream<Arguments> deterministic() {
    return Golden.cases(Golden.read("initializers").get("deterministic"));
  }

  static Stream<Arguments> random() {
    return Golden.cases(Golden.read("initializers").get("random"));
  }

  static Stream<Arguments> orthogonal() {
    return Golden.cases(Golden.read("initializers").get("orthogonal"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("deterministic")
  void fixed_values_are_those_of_keras(String title, JsonNode entry) {
    Array expected = Golden.array(entry.get("output"));
    Initializer initializer = Golden.object(Initializer.class, entry);
    if (initializer instanceof Identity) {
      // Keras leaves the gain out of its config.
      initializer = new Identity(expected.number(0));
    }
    DType dtype = DType.of(entry.path("dtype").asText("float32"));
    Golden.assertClose(initializer.value(Golden.shape(entry.get("shape")), dtype, 1), expected, 0);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("random")
  void random_values_have_the_distribution_of_keras(String title, JsonNode entry) {
    Initializer initializer = Golden.object(Initializer.class, entry);
    Array value = initializer.value(Golden.shape(entry.get("shape")), DType.FLOAT64, 1);
    JsonNode theory = entry.get("theory");
    double std = theory.get("std").asDouble();
    double mean = theory.get("mean").asDouble();
    double n = value.size();
    double[] x = value.doubles();
    double actualMean = Arrays.stream(x).average().orElseThrow();
    double actualStd =
        Math.sqrt(Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow());
    assertThat(actualMean).isCloseTo(mean, within(4.5 * std / Math.sqrt(n)));
    assertThat(actualStd).isCloseTo(std, within(std * 4.5 / Math.sqrt(2 * n)));
    if (theory.has("min")) {
      double low = theory.get("min").asDouble() - 1e-9;
      double high = theory.get("max").asDouble() + 1e-9;
      assertThat(Arrays.stream(x).allMatch(v -> v >= low && v <= high)).isTrue();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("orthogonal")
  void orthogonal_matrices_have_the_gram_matrix_of_keras(String title, JsonNode entry) {
    Initializer initializer = Golden.object(Initializer.class, entry);
    Shape shape = Golden.shape(entry.get("shape"));
    Array value = initializer.value(shape, DType.FLOAT32, 1);
    assertThat(value.shape()).isEqualTo(shape);
    int columns = (int) shape.get(-1);
    int rows = value.size() / columns;
    boolean byColumns = entry.get("orthonormal").asText().equals("columns");
    int vectors = byColumns ? columns : rows;
    int length = byColumns ? rows : columns;
    for (int i = 0; i < vectors; i++) {
      for (int j = 0; j < vectors; j++) {
        double dot = 0;
        for (int k = 0; k < length; k++) {
          dot +=
              byColumns
                  ? value.number(k * columns + i) * value.number(k * columns + j)
                  : value.number(i * columns + k) * value.number(j * columns + k);
        }
        double expected = i == j ? entry.get("gram_diagonal").asDouble() : 0;
        assertThat(dot).isCloseTo(expected, within(2e-5));
      }
    }
  }
}
