package dev.ibex.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.core.Initializer;
import dev.ibex.core.ShapeException;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.initializers.VarianceScaling.Mode;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class InitializersTest {
  private static final Shape SHAPE = Shape.of(6, 4);

  static Stream<Arguments> random() {
    return Stream.of(
        Arguments.of(RandomNormal.of(), RandomNormal.of().seed(5)),
        Arguments.of(RandomUniform.of(), RandomUniform.of().seed(5)),
        Arguments.of(TruncatedNormal.of(), TruncatedNormal.of().seed(5)),
        Arguments.of(VarianceScaling.of(), VarianceScaling.of().seed(5)),
        Arguments.of(GlorotNormal.of(), GlorotNormal.of().seed(5)),
        Arguments.of(GlorotUniform.of(), GlorotUniform.of().seed(5)),
        Arguments.of(HeNormal.of(), HeNormal.of().seed(5)),
        Arguments.of(HeUniform.of(), HeUniform.of().seed(5)),
        Arguments.of(LecunNormal.of(), LecunNormal.of().seed(5)),
        Arguments.of(LecunUniform.of(), LecunUniform.of().seed(5)),
        Arguments.of(Orthogonal.of(), Orthogonal.of().seed(5)));
  }

  private static Array draw(Initializer initializer, long seed) {
    return initializer.value(SHAPE, DType.FLOAT32, seed);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("random")
  void the_seed_decides_and_an_own_seed_wins(Initializer free, Initializer fixed) {
    assertThat(draw(free, 1)).isEqualTo(draw(free, 1)).isNotEqualTo(draw(free, 2));
    assertThat(draw(fixed, 1)).isEqualTo(draw(fixed, 2)).isEqualTo(draw(free, 5));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("random")
  void every_floating_type_can_be_drawn(Initializer free, Initializer fixed) {
    for (DType dtype : List.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT64)) {
      assertThat(free.value(SHAPE, dtype, 1).dtype()).isEqualTo(dtype);
    }
  }

  @Test
  void axes_of_a_weight_that_is_no_kernel_decide_its_fans() {
    VarianceScaling byAxes =
        VarianceScaling.of().mode(Mode.FAN_OUT).axes(List.of(-1), List.of(0, 1));
    double[] x = byAxes.value(Shape.of(20, 10, 30), DType.FLOAT64, 1).doubles();
    double variance = Arrays.stream(x).map(v -> v * v).average().orElseThrow();
    assertThat(variance).isCloseTo(1.0 / 200, within(0.0003));
  }

  @Test
  void a_weight_of_the_wrong_rank_is_refused() {
    assertThatThrownBy(() -> Identity.of().value(Shape.of(2, 2, 2), DType.FLOAT32, 1))
        .isInstanceOf(ShapeException.class)
        .hasMessage("the initializer expects a weight of rank 2, got (2, 2, 2)");
    assertThatThrownBy(() -> Orthogonal.of().value(Shape.of(2), DType.FLOAT32, 1))
        .isInstanceOf(ShapeException.class)
        .hasMessage("the initializer expects a weight of rank 2 or more, got (2)");
  }

  @Test
  void a_scale_of_nothing_is_refused() {
    assertThatThrownBy(() -> VarianceScaling.of().scale(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("scale: expected a positive number, got 0.0");
  }
}
