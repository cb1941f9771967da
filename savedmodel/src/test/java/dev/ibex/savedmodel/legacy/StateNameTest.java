package dev.ibex.savedmodel.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.savedmodel.legacy.StateName.Dialect;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"nadam/variable", "nadam/variable_12"})
  void the_product_of_nadam_is_what_keras_3_only_numbers(String written) {
    assertThat(StateName.of(written, Dialect.KERAS_3, Set.of("momentum", "u_product")))
        .contains(new StateName("u_product", ""));
  }

  @Test
  void a_numbered_variable_of_another_optimizer_says_nothing() {
    assertThat(StateName.of("adam/variable", Dialect.KERAS_3, Set.of("momentum"))).isEmpty();
  }
}
