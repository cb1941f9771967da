package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.Symbolic;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LayerParityTest {
  static Stream<Arguments> cases() {
    return Golden.layers();
  }

  static Stream<Arguments> trained() {
    return cases().filter(a -> ((JsonNode) a.get()[1]).has("train"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void output_is_that_of_keras(String title, JsonNode entry) {
    assertOutput(entry, DTypePolicy.FLOAT32, "output", 1e-5);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void output_in_float64_is_that_of_keras(String title, JsonNode entry) {
    assertOutput(entry, DTypePolicy.FLOAT64, "output_float64", gelu(entry) ? 1e-8 : 1e-12);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void output_in_mixed_bfloat16_is_that_of_keras(String title, JsonNode entry) {
    assertOutput(entry, DTypePolicy.MIXED_BFLOAT16, "output_mixed_bfloat16", 1e-2);
  }

  /** Keras divides by the root of 2 in float32 precision, whatever the type. */
  private static boolean gelu(JsonNode entry) {
    return entry.at("/layer/config/activation").asText().equals("gelu");
  }

  private static void assertOutput(
      JsonNode entry, DTypePolicy policy, String expected, double tolerance) {
    assertThat(entry.has(expected)).as("the file has %s", expected).isTrue();
    Layer layer = Golden.layer(entry.get("layer"), policy);
    Fed fed = new Fed();
    List<SymbolicTensor> inputs = new ArrayList<>();
    for (JsonNode node : entry.get("inputs")) {
      Symbolic in = fed.add(Golden.array(node));
      JsonNode mask = entry.path("mask");
      JsonNode own = mask.isArray() ? mask.get(inputs.size()) : mask;
      inputs.add(
          own.isObject() ? new Masked().apply(in, fed.add(Golden.array(own))) : in.symbolic());
    }
    SymbolicTensor y = layer.apply(inputs.toArray(Symbolic[]::new));
    SymbolicTensor mask = new MaskOf().apply(y);
    assign(layer, entry.get("weights"));
    try (Model model = Model.of(fed.inputs, List.of(y, mask))) {
      var predicted = model.predict(fed.data(), 1000).all().values().iterator();
      Array actual = predicted.next();
      Golden.assertClose(actual, Golden.array(entry.get(expected)), tolerance);
      Array actualMask = predicted.next();
      Array expectedMask =
          entry.has("output_mask")
              ? Golden.array(entry.get("output_mask"))
              : Array.filled(DType.BOOL, actualMask.shape(), 1);
      Golden.assertClose(actualMask, expectedMask, 0);
    }
  }

  /** Inputs of a model with the arrays that they are fed. */
  private static final class Fed {
    final List<Input> inputs = new ArrayList<>();
    final List<Array> arrays = new ArrayList<>();

    Input add(Array x) {
      Input input =
          Input.of(x.shape().tail().asArray()).dtype(x.dtype()).named("in" + inputs.size());
      inputs.add(input);
      arrays.add(x);
      return input;
    }

    Data data() {
      Data data = Data.inputs("in0", arrays.get(0));
      for (int i = 1; i < arrays.size(); i++) {
        data = data.input("in" + i, arrays.get(i));
      }
      return data;
    }
  }

  private static void assign(Layer layer, JsonNode weights) {
    for (int i = 0; i < weights.size(); i++) {
      layer.weights().get(i).assign(Golden.array(weights.get(i)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("trained")
  void two_steps_of_training_are_those_of_keras(String title, JsonNode entry) {
    JsonNode train = entry.get("train");
    Layer layer = Golden.layer(entry.get("layer"), DTypePolicy.FLOAT32);
    Fed fed = new Fed();
    for (JsonNode node : train.get("x")) {
      fed.add(Golden.array(node));
    }
    SymbolicTensor h = layer.apply(fed.inputs.toArray(Symbolic[]::new));
    if (h.shape().numDimensions() > 2) {
      h = Flatten.of().apply(h);
    }
    Dense head = Dense.of(2).useBias(false).named("head");
    SymbolicTensor y = head.apply(h);
    assign(layer, entry.get("weights"));
    head.ownWeights().get(0).assign(Golden.array(train.get("head")));
    try (Model model = Model.of(fed.inputs, List.of(y))) {
      model.compile(SGD.of(0.1), MeanSquaredError.of());
      Data batch = fed.data().target("head", Golden.array(train.get("y")));
      for (JsonNode expected : train.get("losses")) {
        double loss = model.fit(batch, Fit.epochs(1).batchSize(1000).shuffle(false)).last("loss");
        assertThat(loss)
            .isCloseTo(expected.asDouble(), within(2e-5 * Math.max(1, expected.asDouble())));
      }
      for (int i = 0; i < layer.weights().size(); i++) {
        Golden.assertClose(
            layer.weights().get(i).value(), Golden.array(train.get("weights_after").get(i)), 1e-5);
      }
      Golden.assertClose(
          head.ownWeights().get(0).value(), Golden.array(train.get("head_after")), 1e-5);
    }
  }
}
