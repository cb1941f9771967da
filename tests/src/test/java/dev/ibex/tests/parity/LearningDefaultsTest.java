package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Losses, metrics and optimizers have Keras's arguments with Keras's defaults. */
class LearningDefaultsTest {
  private static final Set<String> FAMILIES =
      Set.of("keras.losses", "keras.metrics", "keras.optimizers");

  /** Arguments of all optimizers that have no option yet. */
  private static final Set<String> LATER =
      Set.of(
          "use_ema",
          "ema_momentum",
          "ema_overwrite_frequency",
          "loss_scale_factor",
          "gradient_accumulation_steps");

  static Stream<Arguments> classes() {
    List<Arguments> all = new ArrayList<>();
    for (JsonNode entry : Golden.read("defaults").get("objects")) {
      if (FAMILIES.contains(entry.get("module").asText()) && LearningObjects.exists(entry)) {
        all.add(
            Arguments.of(
                entry.get("module").asText() + "." + entry.get("class_name").asText(), entry));
      }
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("classes")
  void has_the_arguments_and_their_defaults(String name, JsonNode entry) {
    Record defaults = LearningObjects.defaults(entry);
    Set<String> expected = new TreeSet<>();
    entry.get("config").fieldNames().forEachRemaining(expected::add);
    expected.removeAll(LATER);
    assertThat(LearningObjects.keys(defaults)).isEqualTo(expected);
    assertThat(rounded(LearningObjects.object(entry))).isEqualTo(rounded(defaults));
  }

  /** Keras writes the learning rate as it is in float32. */
  private static Object rounded(Record object) {
    if (object instanceof Optimizer o) {
      double rate = (float) o.options().learningRate();
      return o.with(Records.with(o.options(), "learningRate", rate));
    }
    return object;
  }
}
