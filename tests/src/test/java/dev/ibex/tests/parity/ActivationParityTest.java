package dev.ibex.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.activations.Activations;
import dev.ibex.core.Activation;
import dev.ibex.graph.Array;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

class ActivationParityTest {
  static Stream<Arguments> cases() {
    return Golden.cases(Golden.read("activations"));
  }

  private static Activation activation(String name, JsonNode kwargs) {
    if (kwargs.isEmpty()) {
      return Activations.of(name);
    }
    return switch (name) {
      case "celu" -> Activations.celu(kwargs.get("alpha").asDouble());
      case "elu" -> Activations.elu(kwargs.get("alpha").asDouble());
      case "gelu" -> Activations.gelu(kwargs.get("approximate").asBoolean());
      case "glu" -> Activations.glu(kwargs.get("axis").asInt());
      case "hard_shrink" -> Activations.hardShrink(kwargs.get("threshold").asDouble());
      case "leaky_relu" -> Activations.leakyRelu(kwargs.get("negative_slope").asDouble());
      case "log_softmax" -> Activations.logSoftmax(kwargs.get("axis").asInt());
      case "relu" ->
          Activations.relu(
              kwargs.path("negative_slope").asDouble(0),
              kwargs.path("max_value").asDouble(Double.POSITIVE_INFINITY),
              kwargs.path("threshold").asDouble(0));
      case "soft_shrink" -> Activations.softShrink(kwargs.get("threshold").asDouble());
      case "softmax" -> Activations.softmax(kwargs.get("axis").asInt());
      case "sparsemax" -> Activations.sparsemax(kwargs.get("axis").asInt());
      case "squareplus" -> Activations.squareplus(kwargs.get("b").asDouble());
      case "threshold" ->
          Activations.threshold(
              kwargs.get("threshold").asDouble(), kwargs.get("default_value").asDouble());
      default -> throw new AssertionError(name + kwargs);
    };
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void value_and_derivative_are_those_of_keras(String title, JsonNode entry) {
    Activation activation = activation(entry.get("function").asText(), entry.get("kwargs"));
    List<Array> results =
        Evaluation.of(
            (tf, in) -> {
              Operand<TNumber> y = activation.apply(tf, Numbers.of(in.get(0)));
              Operand<TNumber> weighted = tf.math.mul(y, Numbers.of(in.get(1)));
              return List.of(y, Gradients.of(tf, weighted, List.of(in.get(0))).get(0));
            },
            Golden.array(entry.get("input")),
            Golden.array(entry.get("cotangent")));
    Golden.assertClose(results.get(0), Golden.array(entry.get("output")), 1e-6);
    Golden.assertClose(results.get(1), Golden.array(entry.get("gradient")), 2e-6);
  }
}
