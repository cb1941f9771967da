package dev.ibex.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.core.Loss;
import dev.ibex.core.Value;
import dev.ibex.core.Weighting;
import dev.ibex.graph.Array;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** Losses have Keras's values: on arrays, behind a softmax or sigmoid, under a mask. */
class LossParityTest {
  private static final JsonNode FILE = Golden.read("losses");

  private static final JsonNode GRADIENTS = Golden.read("loss_gradients");

  static Stream<Arguments> cases() {
    return Stream.concat(of("cases"), gradients());
  }

  static Stream<Arguments> gradients() {
    return Golden.cases(GRADIENTS.get("cases"));
  }

  static Stream<Arguments> symbolic() {
    return of("symbolic").filter(a -> direct((JsonNode) a.get()[1]));
  }

  static Stream<Arguments> masked() {
    return of("masked");
  }

  private static Stream<Arguments> of(String part) {
    return Golden.cases(FILE.get(part))
        .filter(a -> Golden.exists(Loss.class, (JsonNode) a.get()[1]));
  }

  /** Whether the activation is the model's last op, in float32 all the way. */
  private static boolean direct(JsonNode entry) {
    return entry.get("policy").asText().equals("float32")
        && List.of("dense", "activation", "layer", "operation")
            .contains(entry.get("last").asText());
  }

  private static Loss loss(JsonNode entry) {
    return Golden.object(Loss.class, entry);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void has_the_value_on_arrays(String name, JsonNode entry) {
    Loss loss = loss(entry);
    Array yTrue = Golden.array(entry.get("y_true"));
    Array yPred = Golden.array(entry.get("y_pred"));
    Array value =
        entry.has("sample_weight")
            ? loss.value(yTrue, yPred, Golden.array(entry.get("sample_weight")))
            : loss.value(yTrue, yPred);
    double tolerance = loss.dtype().bytes() < 4 ? 1e-2 : 3e-6;
    Golden.assertClose(value, Golden.array(entry.get("output")), tolerance);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("symbolic")
  void sees_the_logits_of_an_output(String name, JsonNode entry) {
    boolean softmax = entry.get("activation").asText().equals("softmax");
    for (JsonNode run : entry.get("runs")) {
      Loss loss = loss(entry);
      Array x = Golden.array(run.get("x"));
      Array y = Golden.array(run.get("y"));
      Array graph =
          Evaluation.of(
                  (tf, in) -> {
                    Operand<TNumber> logits = Numbers.of(in.get(0));
                    Operand<TNumber> p = softmax ? tf.nn.softmax(logits) : tf.math.sigmoid(logits);
                    return List.of(
                        Weighting.loss(tf, loss, in.get(1), Value.of(p), Optional.empty()));
                  },
                  x,
                  y)
              .get(0);
      Golden.assertClose(graph, scalar(run.get("fit")), 3e-6);
      Array plain = loss.value(y, Golden.array(run.get("prediction")));
      Golden.assertClose(plain, scalar(run.get("plain")), 3e-6);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("masked")
  void leaves_out_what_is_masked(String name, JsonNode entry) {
    Loss loss = loss(entry);
    Array value =
        Evaluation.of(
                (tf, in) ->
                    List.of(
                        Weighting.loss(
                            tf,
                            loss,
                            in.get(0),
                            new Value(in.get(1), Optional.of(Numbers.as(in.get(2)))),
                            in.size() > 3 ? Optional.of(in.get(3)) : Optional.empty())),
                Stream.of("y", "y_pred", "mask", "sample_weight")
                    .filter(entry::has)
                    .map(k -> Golden.array(entry.get(k)))
                    .toList())
            .get(0);
    Golden.assertClose(value, Golden.array(entry.get("plain")), 3e-6);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gradients")
  void has_the_derivative_of_its_output(String name, JsonNode entry) {
    Loss loss = loss(entry);
    Array gradient =
        Evaluation.of(
                (tf, in) -> {
                  Operand<TNumber> value =
                      Weighting.loss(tf, loss, in.get(0), Value.of(in.get(1)), Optional.empty());
                  return Gradients.of(tf, value, List.of(in.get(1)));
                },
                Golden.array(entry.get("y_true")),
                Golden.array(entry.get("y_pred")))
            .get(0);
    Golden.assertClose(gradient, Golden.array(entry.get("gradient")), 1e-5);
  }

  private static Array scalar(JsonNode number) {
    return Array.scalar((float) number.asDouble());
  }
}
