package dev.ibex.constraints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.core.Constraint;
import dev.ibex.graph.Array;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;

class ConstraintsTest {
  private static final Array COLUMNS = Array.of(Shape.of(2, 2), 3.0, 0.0, 4.0, -0.5);

  private static List<Double> apply(Constraint constraint) {
    Array y =
        Evaluation.of((tf, in) -> List.of(constraint.apply(tf, Numbers.of(in.get(0)))), COLUMNS)
            .get(0);
    return java.util.Arrays.stream(y.doubles()).mapToObj(v -> Math.rint(v * 1e5) / 1e5).toList();
  }

  @Test
  void norms_are_brought_into_their_range() {
    assertThat(apply(Constraints.maxNorm(2))).containsExactly(1.2, 0.0, 1.6, -0.5);
    assertThat(apply(Constraints.unitNorm())).containsExactly(0.6, 0.0, 0.8, -1.0);
    assertThat(apply(Constraints.minMaxNorm(1, 2))).containsExactly(1.2, 0.0, 1.6, -1.0);
    assertThat(apply(Constraints.minMaxNorm(1, 2).rate(0.5))).containsExactly(2.1, 0.0, 2.8, -0.75);
    assertThat(apply(MaxNorm.of(1.5).axis(1))).containsExactly(1.5, 0.0, 1.48842, -0.18605);
    assertThat(apply(Constraints.nonNeg())).containsExactly(3.0, 0.0, 4.0, 0.0);
  }

  @Test
  void an_empty_range_is_refused() {
    assertThatThrownBy(() -> MaxNorm.of(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxValue: expected a number of 0 or more, got -1.0");
    assertThatThrownBy(() -> MinMaxNorm.of(2, 1))
        .hasMessage("maxValue: expected a number of minValue = 2.0 or more, got 1.0");
    assertThatThrownBy(() -> MinMaxNorm.of().rate(1.5))
        .hasMessage("rate: expected a number from 0 to 1, got 1.5");
  }
}
