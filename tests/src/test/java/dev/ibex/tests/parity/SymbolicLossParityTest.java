package dev.ibex.tests.parity;

import static dev.ibex.activations.Activations.LINEAR;
import static dev.ibex.activations.Activations.SIGMOID;
import static dev.ibex.activations.Activations.SOFTMAX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Activation;
import dev.ibex.core.ConfigCodec;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Masking;
import dev.ibex.optimizers.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses as a model sees them: logits remembered or lost, masks and weights. */
class SymbolicLossParityTest {
  /** The ways to the output whose layers there are. */
  private static final Set<String> WAYS =
      Set.of("dense", "activation", "sequential", "cast float32", "activation float32");

  static Stream<Arguments> crossentropies() {
    return StreamSupport.stream(Golden.read("losses").get("symbolic").spliterator(), false)
        .filter(c -> WAYS.contains(c.get("last").asText()))
        .map(
            c ->
                Arguments.of(
                    c.at("/object/class_name").asText()
                        + (c.at("/object/config/from_logits").asBoolean() ? " from logits" : "")
                        + " "
                        + c.get("policy").asText()
                        + " "
                        + c.get("last").asText(),
                    c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("crossentropies")
  void a_crossentropy_in_a_model_is_that_of_keras(String name, JsonNode c) {
    Loss loss = ConfigCodec.get().fromJson(Loss.class, c.get("object").toString());
    for (JsonNode run : c.get("runs")) {
      Array x = Golden.array(run.get("x"));
      Array y = Golden.array(run.get("y"));
      int units = (int) x.shape().get(1);
      try (Model model = model(c, units)) {
        model
            .network()
            .weights()
            .forEach(
                (path, v) -> v.assign(path.endsWith("kernel") ? identity(units) : zeros(units)));
        model.compile(SGD.of(0), loss);
        double tolerance = c.get("policy").asText().equals("mixed_bfloat16") ? 2e-3 : 2e-5;
        double expected = Double.parseDouble(run.get("evaluate").asText());
        assertThat(model.evaluate(Data.of(x, y)).loss())
            .as(run.get("what").asText())
            .isCloseTo(expected, within(tolerance * Math.max(1, expected)));
        assertThat(model.fit(Data.of(x, y), Fit.epochs(1)).last("loss"))
            .as(run.get("what").asText())
            .isCloseTo(expected, within(tolerance * Math.max(1, expected)));
      }
    }
  }

  private static Model model(JsonNode c, int units) {
    DTypePolicy policy = DTypePolicy.of(c.get("policy").asText());
    Activation function = c.get("activation").asText().equals("softmax") ? SOFTMAX : SIGMOID;
    Dense plain = Dense.of(units).dtype(policy);
    List<Layer> layers = new ArrayList<>(List.of(Input.of(units)));
    switch (c.get("last").asText()) {
      case "dense" -> layers.add(plain.activation(function));
      case "activation" -> {
        layers.add(plain);
        layers.add(dev.ibex.layers.Activation.of(function).dtype(policy));
      }
      case "activation float32" -> {
        layers.add(plain);
        layers.add(dev.ibex.layers.Activation.of(function));
      }
      case "cast float32" -> {
        layers.add(plain.activation(function));
        layers.add(dev.ibex.layers.Activation.of(LINEAR));
      }
      default ->
          layers.add(Sequential.of("inner", List.of(Input.of(units), plain.activation(function))));
    }
    return Sequential.of("outer", layers);
  }

  private static Array identity(int n) {
    return Array.generate(
        DType.FLOAT32, org.tensorflow.ndarray.Shape.of(n, n), i -> i % (n + 1) == 0 ? 1 : 0);
  }

  private static Array zeros(int n) {
    return Array.filled(DType.FLOAT32, org.tensorflow.ndarray.Shape.of(n), 0);
  }

  static Stream<Arguments> masked() {
    return StreamSupport.stream(Golden.read("losses").get("masked").spliterator(), false)
        .filter(
            c ->
                Set.of("MeanSquaredError", "SparseCategoricalCrossentropy")
                    .contains(c.at("/object/class_name").asText()))
        .map(
            c ->
                Arguments.of(
                    c.at("/object/class_name").asText()
                        + " "
                        + c.at("/object/config/reduction").asText()
                        + c.at("/sample_weight/shape"),
                    c));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masked")
  void a_masked_loss_in_a_model_is_that_of_keras(String name, JsonNode c) {
    Loss loss = ConfigCodec.get().fromJson(Loss.class, c.get("object").toString());
    Array x = Golden.array(c.get("x"));
    Array kernel = Golden.array(c.at("/weights/0"));
    boolean softmax = c.at("/object/class_name").asText().startsWith("Sparse");
    try (Sequential model =
        Sequential.of(
            Input.of(x.shape().get(1), x.shape().get(2)),
            Masking.of(),
            Dense.of((int) kernel.shape().get(1))
                .activation(softmax ? SOFTMAX : LINEAR)
                .named("out"))) {
      model.weight("out/kernel").assign(kernel);
      model.weight("out/bias").assign(Golden.array(c.at("/weights/1")));
      model.compile(SGD.of(0), loss);
      Golden.assertClose(model.predict(x).array(), Golden.array(c.get("y_pred")), 2e-5);
      Data data = Data.of(x, Golden.array(c.get("y")));
      if (c.has("sample_weight")) {
        data = data.weight("out", Golden.array(c.get("sample_weight")));
      }
      double expected = Golden.array(c.at("/evaluate/loss")).number(0);
      assertThat(model.evaluate(data).loss())
          .isCloseTo(expected, within(2e-5 * Math.max(1, expected)));
      double split = Golden.array(c.at("/evaluate_batches_of_2/loss")).number(0);
      assertThat(model.evaluate(data, 2).loss())
          .isCloseTo(split, within(2e-5 * Math.max(1, split)));
    }
  }
}
