package dev.ibex.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ibex.core.Loss;
import dev.ibex.core.Reduction;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.tensorflow.ndarray.Shape;

class LossesTest {
  @ParameterizedTest
  @CsvSource({
    "mse, MeanSquaredError",
    "MSE, MeanSquaredError",
    "mean_squared_error, MeanSquaredError",
    "mae, MeanAbsoluteError",
    "bce, BinaryCrossentropy",
    "binary_crossentropy, BinaryCrossentropy",
    "categorical_crossentropy, CategoricalCrossentropy",
    "sparse_categorical_crossentropy, SparseCategoricalCrossentropy",
    "ce, CrossentropyByShape"
  })
  void finds_a_loss_and_names_it_as_it_was_asked_for(String name, String type) {
    Loss loss = Losses.get(name);
    assertThat(loss.getClass().getSimpleName()).isEqualTo(type);
    assertThat(loss.name()).isEqualTo(name);
  }

  @Test
  void a_class_name_gives_the_default_name() {
    assertThat(Losses.get("MeanSquaredError")).isEqualTo(MeanSquaredError.of());
  }

  @Test
  void offers_the_nearest_name() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Losses.get("mean_square_error"))
        .withMessageStartingWith(
            "loss: none is named \"mean_square_error\"; the nearest is \"mean_squared_error\"."
                + " Known are BCE, BinaryCrossentropy, ");
  }

  @Test
  void options_are_copies() {
    SparseCategoricalCrossentropy loss =
        SparseCategoricalCrossentropy.of()
            .named("cost")
            .reduction(Reduction.SUM)
            .dtype(DType.FLOAT64)
            .fromLogits(true)
            .ignoreClass(-1)
            .axis(1);
    assertThat(loss.toString())
        .isEqualTo(
            "SparseCategoricalCrossentropy[options=LossOptions[name=cost, reduction=SUM,"
                + " dtype=FLOAT64], fromLogits=true, ignoreClass=Optional[-1], axis=1]");
    assertThat(SparseCategoricalCrossentropy.of().ignoreClass()).isEmpty();
  }

  @Test
  void refuses_wrong_options() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CategoricalCrossentropy.of().labelSmoothing(1.5))
        .withMessage("labelSmoothing: expected a number from 0 to 1, got 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> MeanSquaredError.of().dtype(DType.INT32))
        .withMessage("dtype: expected a floating type, got int32");
  }

  @ParameterizedTest
  @CsvSource({"4 1, 4 1, 0.693", "4, 4 2, 0.693", "4 2, 4 2, 0.346"})
  void crossentropy_goes_by_the_shapes(String target, String output, double expected) {
    Array t = Array.filled(DType.FLOAT32, shape(target), target.endsWith("2") ? 0.5 : 1);
    Array p = Array.filled(DType.FLOAT32, shape(output), 0.5);
    double factor = target.endsWith("2") ? 2 : 1;
    assertThat(Losses.get("crossentropy").value(t, p).number(0) / factor)
        .isCloseTo(expected, org.assertj.core.api.Assertions.within(1e-3));
  }

  private static Shape shape(String sizes) {
    return Shape.of(java.util.Arrays.stream(sizes.split(" ")).mapToLong(Long::parseLong).toArray());
  }
}
