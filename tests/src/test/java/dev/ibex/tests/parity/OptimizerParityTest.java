package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.OptimizerRun;
import dev.ibex.core.Optimizer;
import dev.ibex.graph.Array;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.AdamW;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.SGD;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers leave Keras's weights and state after each of several steps with changing rates. */
class OptimizerParityTest {
  /** The fused kernels of Adam have 1 - 0.999 in float32, which is off by 1.3e-5. */
  private static double tolerance(Optimizer optimizer) {
    Optimizer rule = optimizer instanceof LossScaleOptimizer l ? l.innerOptimizer() : optimizer;
    return rule instanceof Adam || rule instanceof AdamW ? 1.5e-5 : 2e-6;
  }

  static Stream<Arguments> cases() {
    return Golden.cases(Golden.read("optimizers"))
        .filter(a -> Golden.exists(Optimizer.class, (JsonNode) a.get()[1]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void leaves_the_weights_and_the_state(String name, JsonNode entry) {
    Optimizer optimizer = optimizer(entry);
    Map<String, Array> variables = new LinkedHashMap<>();
    for (int i = 0; i < entry.get("variables").size(); i++) {
      variables.put(
          entry.get("variable_names").get(i).asText(), Golden.array(entry.get("variables").get(i)));
    }
    try (OptimizerRun run = new OptimizerRun(optimizer, variables)) {
      for (int i = 0; i < entry.get("gradients").size(); i++) {
        if (entry.get("set_learning_rate").asBoolean()) {
          run.learningRate(entry.get("learning_rates").get(i).asDouble());
        }
        run.apply(arrays(entry.get("gradients").get(i)));
        assertClose(
            run.values(),
            entry.get("outputs").get(i),
            tolerance(optimizer),
            entry.get("variables"));
      }
      assertClose(run.state(), entry.get("state"), tolerance(optimizer), entry.get("state"));
    }
  }

  private static Optimizer optimizer(JsonNode entry) {
    Optimizer optimizer = Golden.object(Optimizer.class, entry);
    if (entry.has("exclude_from_weight_decay")) {
      String name = entry.at("/exclude_from_weight_decay/0").asText();
      return optimizer instanceof SGD sgd
          ? sgd.excludeFromWeightDecay(name)
          : ((AdamW) optimizer).excludeFromWeightDecay(name);
    }
    return optimizer;
  }

  /** The tolerance is relative to the largest of the expected values and of those they began as. */
  private static void assertClose(
      List<Array> actual, JsonNode expected, double tolerance, JsonNode before) {
    assertThat(actual).hasSize(expected.size());
    for (int i = 0; i < actual.size(); i++) {
      Array e = Golden.array(expected.get(i));
      double largest = Math.max(largest(e), largest(Golden.array(before.get(i))));
      Golden.assertClose(actual.get(i), e, tolerance * Math.min(1, largest));
    }
  }

  private static double largest(Array a) {
    double largest = 0;
    for (int i = 0; i < a.size(); i++) {
      largest = Math.max(largest, Math.abs(a.number(i)));
    }
    return largest;
  }

  private static List<Array> arrays(JsonNode list) {
    List<Array> all = new ArrayList<>();
    list.forEach(n -> all.add(Golden.array(n)));
    return all;
  }
}
