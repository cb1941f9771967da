package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {
  @Test
  void lists_the_cpu_by_its_full_name() {
    assertThat(Devices.available()).contains("/job:localhost/replica:0/task:0/device:CPU:0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CPU:0",
        "cpu:0",
        "/CPU:0",
        "/device:CPU:0",
        "/task:0/device:CPU:0",
        "/job:localhost/replica:0/task:0/device:CPU:0"
      })
  void finds_a_device_by_short_and_full_names(String name) {
    assertThat(Devices.find(name).toString()).endsWith("CPU:0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/job:worker/replica:0/task:5/device:CPU:0",
        "/job:localhost/replica:1/task:0/device:CPU:0",
        "/task:5/device:CPU:0",
        "CPU:99",
        "TPU:0",
        "the fast one"
      })
  void refuses_a_device_that_is_not_in_this_process(String name) {
    assertThatThrownBy(() -> Devices.find(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "device: there is no \""
                + name
                + "\" here; the devices of this process are "
                + String.join(", ", Devices.available()));
  }
}
