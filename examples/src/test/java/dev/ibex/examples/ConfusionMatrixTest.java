package dev.ibex.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfusionMatrixTest {
  @Test
  void counts_predictions_by_actual_class() {
    assertThat(ConfusionMatrix.of(3, new int[] {0, 0, 1, 2}, new int[] {0, 2, 1, 2}))
        .isEqualTo(
            """
            rows: actual, columns: predicted
                    0   1   2
               0    1   .   1
               1    .   1   .
               2    .   .   1\
            """);
  }
}
