package dev.ibex.savedmodel.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class WeightOrderTest {
  @Test
  void numbers_count_as_numbers() {
    List<String> sorted =
        List.of(
            "layers/dense/vars/0",
            "layers/dense/vars/2",
            "layers/dense/vars/10",
            "layers/dense_2/vars/0",
            "layers/dense_10/vars/0",
            "optimizer/vars/9",
            "optimizer/vars/11",
            "optimizer/vars/12",
            "vars/0");
    assertThat(sorted.stream().sorted(WeightOrder.INSTANCE.reversed()).sorted(WeightOrder.INSTANCE))
        .containsExactlyElementsOf(sorted);
  }
}
