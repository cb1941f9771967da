package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.activations.Activations;
import dev.ibex.constraints.MaxNorm;
import dev.ibex.constraints.MinMaxNorm;
import dev.ibex.constraints.NonNeg;
import dev.ibex.constraints.UnitNorm;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Records;
import dev.ibex.initializers.Constant;
import dev.ibex.initializers.Initializers;
import dev.ibex.layers.Activation;
import dev.ibex.layers.Add;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.GlobalAveragePooling1D;
import dev.ibex.layers.Masking;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.regularizers.L1;
import dev.ibex.regularizers.L1L2;
import dev.ibex.regularizers.L2;
import dev.ibex.regularizers.OrthogonalRegularizer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code of} gives is what Keras's constructors give with the same required arguments. */
class DefaultsParityTest {
  static Stream<Layer> layers() {
    return Stream.of(
        Activation.of(Activations.RELU),
        Add.of(),
        BatchNormalization.of(),
        Concatenate.of(),
        Conv2D.of(3, 2),
        Dense.of(3),
        Dropout.of(0.25),
        Embedding.of(5, 3),
        Flatten.of(),
        GlobalAveragePooling1D.of(),
        Masking.of(),
        MaxPooling2D.of());
  }

  static Stream<Record> parts() {
    return Stream.of(
        Constant.of(0),
        Initializers.glorotNormal(),
        Initializers.glorotUniform(),
        Initializers.heNormal(),
        Initializers.heUniform(),
        Initializers.identity(),
        Initializers.lecunNormal(),
        Initializers.lecunUniform(),
        Initializers.ones(),
        Initializers.orthogonal(),
        Initializers.randomNormal(),
        Initializers.randomUniform(),
        Initializers.truncatedNormal(),
        Initializers.varianceScaling(),
        Initializers.zeros(),
        // Keras rounds these two strengths to float32.
        L1.of((float) L1.of().l1()),
        OrthogonalRegularizer.of((float) 0.01, OrthogonalRegularizer.of().mode()),
        L1L2.of(),
        L2.of(),
        MaxNorm.of(),
        MinMaxNorm.of(),
        NonNeg.of(),
        UnitNorm.of());
  }

  private static JsonNode serialized(String module, String className) {
    return StreamSupport.stream(Golden.read("defaults").get("objects").spliterator(), false)
        .filter(o -> o.get("module").asText().equals(module))
        .filter(o -> o.get("class_name").asText().equals(className))
        .findFirst()
        .orElseThrow(() -> new AssertionError(module + "." + className));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void layer_has_the_defaults_of_keras(Layer layer) {
    JsonNode golden = serialized("keras.layers", layer.className());
    Record expected = (Record) GoldenObjects.layer(golden, DTypePolicy.FLOAT32).config();
    assertThat(layer.config()).isEqualTo(Records.with(expected, "options", LayerOptions.DEFAULT));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void part_has_the_defaults_of_keras(Record part) {
    String module = part.getClass().getPackageName().replace("dev.ibex", "keras");
    JsonNode golden = serialized(module, part.getClass().getSimpleName());
    assertThat(GoldenObjects.object(Record.class, golden)).isEqualTo(part);
  }
}
