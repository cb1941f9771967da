package dev.ibex.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ibex.layers.Dense;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RecordsTest {
  record Pair(String left, Optional<Integer> right) {}

  private static final Pair PAIR = new Pair("a", Optional.of(1));

  @Test
  void replaces_one_component() {
    assertThat(Records.with(PAIR, "left", "b")).isEqualTo(new Pair("b", Optional.of(1)));
  }

  @Test
  @SuppressWarnings("NullAway")
  void refuses_a_null_when_it_is_set() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Records.with(PAIR, "left", null))
        .withMessage("left: expected a value, got null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Records.create(PAIR, "a", null))
        .withMessage("right: expected a value, got null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.of(3).activation((Activation) null))
        .withMessage("activation: expected a value, got null");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Dense.of(3).kernelInitializer((Initializer) null))
        .withMessage("kernelInitializer: expected a value, got null");
  }
}
