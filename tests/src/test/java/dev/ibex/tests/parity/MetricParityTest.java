package dev.ibex.tests.parity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.core.Metric;
import dev.ibex.core.MetricState;
import dev.ibex.graph.Array;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Metrics have Keras's figures after each of several batches. */
class MetricParityTest {
  static Stream<Arguments> cases() {
    return Stream.of("metrics", "metric_options")
        .flatMap(file -> Golden.cases(Golden.read(file)))
        .filter(a -> Golden.exists(Metric.class, (JsonNode) a.get()[1]));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void has_the_figure_after_each_batch(String name, JsonNode entry) {
    MetricState state = new MetricState(Golden.object(Metric.class, entry));
    for (int i = 0; i < entry.get("updates").size(); i++) {
      update(state, entry.get("updates").get(i));
      Array expected = Golden.array(entry.get("results").get(i));
      Golden.assertClose(state.result(), expected, 2e-6);
    }
  }

  private static void update(MetricState state, JsonNode update) {
    boolean values = update.has("values");
    Array yPred = Golden.array(update.get(values ? "values" : "y_pred"));
    if (update.has("sample_weight")) {
      Array w = Golden.array(update.get("sample_weight"));
      if (values) {
        state.updateValues(yPred, w);
      } else {
        state.update(Golden.array(update.get("y_true")), yPred, w);
      }
    } else if (values) {
      state.updateValues(yPred);
    } else {
      state.update(Golden.array(update.get("y_true")), yPred);
    }
  }
}
