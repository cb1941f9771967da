package dev.ibex.regularizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.core.Regularizer;
import dev.ibex.core.ShapeException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.GradientCheck;
import dev.ibex.graph.Numbers;
import dev.ibex.regularizers.OrthogonalRegularizer.Mode;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class RegularizersTest {
  static Stream<Regularizer> all() {
    return Stream.of(
        Regularizers.l1(0.3),
        Regularizers.l2(0.3),
        Regularizers.l1l2(0.1, 0.2),
        Regularizers.orthogonal(),
        OrthogonalRegularizer.of(0.5, Mode.COLUMNS));
  }

  @ParameterizedTest
  @MethodSource("all")
  void derivative_is_the_slope(Regularizer regularizer) {
    Array x = Array.generate(DType.FLOAT64, Shape.of(3, 4), i -> Math.sin(1.7 * i + 0.4));
    assertThat(GradientCheck.largestError((tf, in) -> regularizer.apply(tf, in.get(0)), x))
        .isLessThan(1e-8);
  }

  @Test
  void a_negative_strength_is_refused() {
    assertThatThrownBy(() -> L1.of(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("l1: expected a number of 0 or more, got -1.0");
    assertThatThrownBy(() -> L2.of(Double.NaN))
        .hasMessage("l2: expected a number of 0 or more, got NaN");
    assertThatThrownBy(() -> OrthogonalRegularizer.of(-0.5, Mode.ROWS))
        .hasMessage("factor: expected a number of 0 or more, got -0.5");
  }

  @Test
  void only_a_matrix_has_orthogonal_rows() {
    Array x = Array.of(Shape.of(2), 1f, 2f);
    assertThatThrownBy(
            () ->
                Evaluation.of(
                    (tf, in) -> List.of(Regularizers.orthogonal().apply(tf, Numbers.of(in.get(0)))),
                    x))
        .isInstanceOf(ShapeException.class)
        .hasMessage("OrthogonalRegularizer expects a matrix of known size, got (2)");
  }
}
