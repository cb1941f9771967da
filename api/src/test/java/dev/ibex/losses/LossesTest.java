package dev.ibex.losses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.core.Loss;
import dev.ibex.core.Reduction;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Dense;
import dev.ibex.optimizers.SGD;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
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
  void circle_has_its_options() {
    assertThat(Circle.of().gamma(5).margin(0.1).removeDiagonal(false).toString())
        .isEqualTo(
            "Circle[options=LossOptions[name=circle, reduction=SUM_OVER_BATCH_SIZE, dtype=FLOAT32],"
                + " gamma=5.0, margin=0.1, removeDiagonal=false]");
  }

  static Stream<Arguments> trainable() {
    Array steps = Array.generate(DType.FLOAT32, Shape.of(3, 4, 2), i -> Math.sin(3 * i));
    Array rows = Array.generate(DType.FLOAT32, Shape.of(6, 2), i -> Math.cos(2 * i));
    return Stream.of(
        Arguments.of(CTC.of(), steps, Array.of(Shape.of(3, 3), 1, 2, 0, 2, 2, 0, 0, 0, 0)),
        Arguments.of(Circle.of().gamma(2), rows, Array.of(Shape.of(6), 0, 1, 0, 1, 1, 2)));
  }

  @ParameterizedTest
  @MethodSource("trainable")
  void trains_a_model_and_agrees_with_its_value_on_arrays(Loss loss, Array x, Array y) {
    Shape input = x.shape().tail();
    try (Sequential model = Sequential.of(Input.of(input.asArray()), Dense.of(3))) {
      model.seed(1).compile(SGD.of(0.05), loss);
      double first = model.evaluate(Data.of(x, y)).loss();
      assertThat(loss.value(y, model.predict(x).array()).number(0))
          .isCloseTo(first, org.assertj.core.api.Assertions.within(1e-5));
      assertThat(model.fit(Data.of(x, y), Fit.epochs(20)).last("loss")).isLessThan(0.9 * first);
    }
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
