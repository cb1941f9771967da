package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.losses.Losses;
import dev.ibex.metrics.Metrics;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Keras knows by name is known here, too. */
class NamesParityTest {
  private static Stream<String> names(String path) {
    JsonNode names = Golden.read("names").at(path);
    return StreamSupport.stream(names.spliterator(), false).map(JsonNode::asText);
  }

  static Stream<String> losses() {
    return names("/losses/found");
  }

  static Stream<String> metrics() {
    return names("/metrics/found");
  }

  static Stream<String> unfinished() {
    return names("/metrics/more");
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_loss_is_found(String name) {
    assertThat(simple(Losses.get(name))).isEqualToIgnoringCase(full(name));
  }

  @ParameterizedTest
  @MethodSource("metrics")
  void a_metric_is_found(String name) {
    assertThat(Metrics.get(name).name()).isEqualTo(name);
    if (!name.equalsIgnoreCase("accuracy")) { // which goes by the shapes
      assertThat(simple(Metrics.get(name))).isEqualToIgnoringCase(full(name));
    }
  }

  @ParameterizedTest
  @MethodSource("unfinished")
  void a_metric_that_needs_more_says_what(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Metrics.get(name))
        .withMessageStartingWith("metric: \"" + name + "\" needs more than its name; write ")
        .withMessageContaining(".of(");
  }

  private static String simple(Object o) {
    return o.getClass().getSimpleName();
  }

  /** Returns the class's name, but for its case. */
  private static String full(String name) {
    return switch (name.toLowerCase(java.util.Locale.ROOT)) {
      case "bce" -> "BinaryCrossentropy";
      case "kld" -> "KLDivergence";
      case "mae" -> "MeanAbsoluteError";
      case "mape" -> "MeanAbsolutePercentageError";
      case "mse" -> "MeanSquaredError";
      case "msle" -> "MeanSquaredLogarithmicError";
      default -> name.replace("_", "");
    };
  }
}
