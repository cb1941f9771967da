package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.OptimizerRun;
import dev.ibex.core.Optimizer;
import dev.ibex.graph.Array;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.AdamW;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers leave Keras's weights and state after each of several steps with changing rates. */
class OptimizerParityTest {
  /** The fused kernels of Adam have 1 - 0.999 in float32, which is off by 1.3e-5. */
  private static double tolerance(Optimizer optimizer) {
    return optimizer instanceof Adam || optimizer instanceof AdamW ? 1.5e-5 : 2e-6;
  }

  /** Keras's arguments that have no option yet. */
  private static final Set<String> LATER =
      Set.of("use_ema", "gradient_accumulation_steps", "loss_scale_factor");

  static Stream<Arguments> cases() {
    return Golden.cases(Golden.read("optimizers")).filter(a -> supported((JsonNode) a.get()[1]));
  }

  private static boolean supported(JsonNode entry) {
    JsonNode config = entry.at("/object/config");
    return Golden.exists(Optimizer.class, entry)
        && !entry.has("exclude_from_weight_decay")
        && config.get("learning_rate").isNumber()
        && LATER.stream().allMatch(k -> config.path(k).isNull() || !config.path(k).asBoolean(true));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void leaves_the_weights_and_the_state(String name, JsonNode entry) {
    Optimizer optimizer = Golden.object(Optimizer.class, entry);
    try (OptimizerRun run = new OptimizerRun(optimizer, arrays(entry.get("variables")))) {
      for (int i = 0; i < entry.get("gradients").size(); i++) {
        run.learningRate(entry.get("learning_rates").get(i).asDouble());
        run.apply(arrays(entry.get("gradients").get(i)));
        assertClose(run.values(), entry.get("outputs").get(i), tolerance(optimizer));
      }
      assertClose(run.state(), entry.get("state"), tolerance(optimizer));
    }
  }

  private static void assertClose(List<Array> actual, JsonNode expected, double tolerance) {
    assertThat(actual).hasSize(expected.size());
    for (int i = 0; i < actual.size(); i++) {
      Array e = Golden.array(expected.get(i));
      double largest = 0;
      for (int j = 0; j < e.size(); j++) {
        largest = Math.max(largest, Math.abs(e.number(j)));
      }
      Golden.assertClose(actual.get(i), e, tolerance * Math.min(1, largest));
    }
  }

  private static List<Array> arrays(JsonNode list) {
    List<Array> all = new ArrayList<>();
    list.forEach(n -> all.add(Golden.array(n)));
    return all;
  }
}
