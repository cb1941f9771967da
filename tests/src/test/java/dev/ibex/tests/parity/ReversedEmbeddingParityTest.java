package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.optimizers.SGD;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Models that go through one ReversibleEmbedding there and back. */
class ReversedEmbeddingParityTest {
  static Stream<Arguments> models() {
    return Golden.cases(Golden.read("reversed_embeddings"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void a_model_of_keras_gives_and_trains_what_it_does_there(String title, JsonNode entry) {
    try (Model model = Models.fromJson(entry.get("model").toString())) {
      assign(model, entry.get("weights"));
      boolean half = entry.at("/dtype").asText().equals("bfloat16");
      Array y = model.predict(Golden.array(entry.get("x"))).array();
      assertThat(y.dtype().name().toLowerCase(Locale.ROOT)).isEqualTo(entry.get("dtype").asText());
      boolean mixed = title.contains("mixed");
      Golden.assertClose(y, Golden.array(entry.get("output")), mixed ? 1e-2 : 1e-5);
      assertThat(half).isEqualTo(title.contains("and bfloat16"));
      if (entry.has("losses")) {
        train(model, entry);
      }
    }
  }

  /** Written and read again, the second call is still in reverse. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void the_call_in_reverse_is_written(String title, JsonNode entry) {
    try (Model model = Models.fromJson(entry.get("model").toString());
        Model again = Models.fromJson(model.toJson())) {
      assign(again, entry.get("weights"));
      Array y = again.predict(Golden.array(entry.get("x"))).array();
      Golden.assertClose(
          y, Golden.array(entry.get("output")), title.contains("mixed") ? 1e-2 : 1e-5);
    }
  }

  private static void assign(Model model, JsonNode weights) {
    List<Variable> variables = List.copyOf(model.weights());
    for (int i = 0; i < weights.size(); i++) {
      variables.get(i).assign(Golden.array(weights.get(i)));
    }
  }

  private static void train(Model model, JsonNode entry) {
    model.compile(SGD.of(0.1), SparseCategoricalCrossentropy.of().fromLogits(true));
    for (JsonNode expected : entry.get("losses")) {
      double loss =
          model
              .fit(
                  Data.of(Golden.array(entry.get("x")), Golden.array(entry.get("y"))),
                  Fit.epochs(1).batchSize(100).shuffle(false))
              .last("loss");
      assertThat(loss).isCloseTo(expected.asDouble(), within(2e-5));
    }
    for (int i = 0; i < entry.get("weights_after").size(); i++) {
      Golden.assertClose(
          model.weights().get(i).value(), Golden.array(entry.get("weights_after").get(i)), 1e-5);
    }
  }
}
