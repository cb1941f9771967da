package dev.ibex.tests.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.core.Schedule;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleParityTest {
  static Stream<Arguments> cases() {
    return Golden.cases(Golden.read("schedules"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void learning_rates_are_those_of_keras(String title, JsonNode entry) {
    Schedule schedule = Golden.object(Schedule.class, entry);
    double largest = 0; // beside it a wave's last values are differences of nearly equal numbers
    for (JsonNode rate : entry.at("/output/data")) {
      largest = Math.max(largest, rate.asDouble());
    }
    for (int i = 0; i < entry.get("steps").size(); i++) {
      double expected = entry.at("/output/data/" + i).asDouble();
      assertThat(schedule.value(entry.get("steps").get(i).asLong()))
          .as("step %s", entry.get("steps").get(i))
          .isCloseTo(expected, within(1e-6 * largest));
    }
  }
}
