package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.activations.Activations;
import dev.ibex.constraints.MaxNorm;
import dev.ibex.constraints.MinMaxNorm;
import dev.ibex.constraints.NonNeg;
import dev.ibex.constraints.UnitNorm;
import dev.ibex.core.Activation;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Loss;
import dev.ibex.core.Reduction;
import dev.ibex.core.Regularizer;
import dev.ibex.framework.TensorFlowFramework;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.initializers.Initializers;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Masking;
import dev.ibex.losses.CategoricalCrossentropy;
import dev.ibex.losses.CategoricalHinge;
import dev.ibex.losses.Hinge;
import dev.ibex.losses.Huber;
import dev.ibex.losses.KLDivergence;
import dev.ibex.losses.LogCosh;
import dev.ibex.losses.MeanAbsoluteError;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.MeanSquaredLogarithmicError;
import dev.ibex.losses.Poisson;
import dev.ibex.losses.SquaredHinge;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.SGD;
import dev.ibex.regularizers.L1L2;
import dev.ibex.regularizers.L2;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.framework.activations.ELU;
import org.tensorflow.framework.activations.GELU;
import org.tensorflow.framework.activations.ReLU;
import org.tensorflow.framework.activations.SELU;
import org.tensorflow.framework.activations.Softmax;
import org.tensorflow.framework.activations.Softplus;
import org.tensorflow.framework.activations.Softsign;
import org.tensorflow.framework.activations.Swish;
import org.tensorflow.framework.initializers.Glorot;
import org.tensorflow.framework.initializers.VarianceScaling.Distribution;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

/** Objects of TensorFlow's framework train as those of ours do. */
class FrameworkTest {
  private static final Array X = Array.of(Shape.of(4, 2), 1f, -2f, 0.5f, 4f, -3f, 0f, 0.3f, 0.7f);
  private static final Array Y =
      Array.of(Shape.of(4, 3), 1f, 0f, 0f, 0f, 0f, 1f, 0f, 1f, 0f, 1f, 0f, 0f);

  private static List<Double> losses(Loss loss, Activation last, Dense hidden, Data data) {
    try (Sequential model = Sequential.of(Input.of(2), hidden, Dense.of(3).activation(last))) {
      model.seed(3).compile(SGD.of(0.1), loss);
      return model.fit(data, Fit.epochs(3).batchSize(3).shuffle(false)).get("loss");
    }
  }

  private static List<Double> losses(Dense hidden) {
    return losses(MeanSquaredError.of(), Activations.SIGMOID, hidden, Data.of(X, Y));
  }

  private static void assertSame(List<Double> actual, List<Double> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(actual.get(i)).isCloseTo(expected.get(i), within(2e-6));
    }
  }

  static Stream<Arguments> losses() {
    return Stream.of(
        Arguments.of(new org.tensorflow.framework.losses.MeanSquaredError(), MeanSquaredError.of()),
        Arguments.of(
            new org.tensorflow.framework.losses.MeanSquaredError(
                org.tensorflow.framework.losses.Reduction.SUM),
            MeanSquaredError.of().reduction(Reduction.SUM)),
        Arguments.of(
            new org.tensorflow.framework.losses.MeanAbsoluteError(
                org.tensorflow.framework.losses.Reduction.NONE),
            MeanAbsoluteError.of()),
        Arguments.of(
            new org.tensorflow.framework.losses.MeanSquaredLogarithmicError(),
            MeanSquaredLogarithmicError.of()),
        Arguments.of(new org.tensorflow.framework.losses.Huber(), Huber.of()),
        Arguments.of(new org.tensorflow.framework.losses.LogCosh(), LogCosh.of()),
        Arguments.of(new org.tensorflow.framework.losses.Poisson(), Poisson.of()),
        Arguments.of(new org.tensorflow.framework.losses.KLDivergence(), KLDivergence.of()),
        Arguments.of(new org.tensorflow.framework.losses.Hinge(), Hinge.of()),
        Arguments.of(new org.tensorflow.framework.losses.SquaredHinge(), SquaredHinge.of()),
        Arguments.of(new org.tensorflow.framework.losses.CategoricalHinge(), CategoricalHinge.of()),
        Arguments.of(
            new org.tensorflow.framework.losses.CategoricalCrossentropy(),
            CategoricalCrossentropy.of()));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void a_loss_trains_with_and_without_weights(
      org.tensorflow.framework.losses.Loss theirs, Loss ours) {
    Loss adapted = TensorFlowFramework.loss(theirs);
    for (Data data : List.of(Data.of(X, Y), Data.of(X, Y).weight(0.5f, 2, 0, 1))) {
      Dense hidden = Dense.of(4).activation(Activations.TANH);
      assertSame(
          losses(adapted, Activations.SOFTMAX, hidden, data),
          losses(ours, Activations.SOFTMAX, Dense.of(4).activation(Activations.TANH), data));
    }
  }

  @Test
  void masked_steps_cost_nothing_and_count_in_the_mean() {
    Array x = Array.of(Shape.of(1, 2, 1), 2f, 0f);
    Array y = Array.of(Shape.of(1, 2, 1), 0f, 7f);
    try (Sequential model =
        Sequential.of(
            Input.of(2, 1), Masking.of(), Dense.of(1).kernelInitializer(Initializers.ones()))) {
      model.compile(
          SGD.of(0.1),
          TensorFlowFramework.loss(new org.tensorflow.framework.losses.MeanSquaredError()));
      assertThat(model.evaluate(Data.of(x, y)).loss()).isCloseTo(2, within(1e-6));
    }
  }

  @Test
  void a_loss_can_be_a_metric() {
    try (Sequential model = Sequential.of(Input.of(2), Dense.of(3))) {
      Loss loss =
          TensorFlowFramework.loss(
              new org.tensorflow.framework.losses.MeanAbsoluteError(
                  org.tensorflow.framework.losses.Reduction.NONE));
      model.compile(SGD.of(0.1), MeanAbsoluteError.of(), Metrics.of("same", loss));
      var scores = model.evaluate(Data.of(X, Y));
      assertThat(scores.get("same")).isCloseTo(scores.loss(), within(1e-6));
    }
  }

  static Stream<Arguments> activations() {
    return Stream.of(
        Arguments.of(new ELU(), Activations.ELU),
        Arguments.of(new GELU(), Activations.GELU),
        Arguments.of(new ReLU(), Activations.RELU),
        Arguments.of(new SELU(), Activations.SELU),
        Arguments.of(new Softmax(), Activations.SOFTMAX),
        Arguments.of(new Softplus(), Activations.SOFTPLUS),
        Arguments.of(new Softsign(), Activations.SOFTSIGN),
        Arguments.of(new Swish(), Activations.SILU));
  }

  @ParameterizedTest
  @MethodSource("activations")
  void an_activation_trains(
      org.tensorflow.framework.activations.Activation theirs, Activation ours) {
    assertSame(
        losses(Dense.of(4).activation(TensorFlowFramework.activation(theirs))),
        losses(Dense.of(4).activation(ours)));
  }

  static Stream<Arguments> constraints() {
    return Stream.of(
        Arguments.of(new org.tensorflow.framework.constraints.NonNeg(), NonNeg.of()),
        Arguments.of(new org.tensorflow.framework.constraints.MaxNorm(0.5), MaxNorm.of(0.5)),
        Arguments.of(new org.tensorflow.framework.constraints.UnitNorm(), UnitNorm.of()),
        Arguments.of(
            new org.tensorflow.framework.constraints.MinMaxNorm(0.2, 0.4),
            MinMaxNorm.of(0.2, 0.4)));
  }

  @ParameterizedTest
  @MethodSource("constraints")
  void a_constraint_acts_after_each_step(
      org.tensorflow.framework.constraints.Constraint theirs, Constraint ours) {
    assertSame(
        losses(Dense.of(4).kernelConstraint(TensorFlowFramework.constraint(theirs))),
        losses(Dense.of(4).kernelConstraint(ours)));
  }

  static Stream<Arguments> regularizers() {
    return Stream.of(
        Arguments.of(
            new org.tensorflow.framework.regularizers.L1L2(0.1f, 0.02f), L1L2.of(0.1, 0.02)),
        Arguments.of(new org.tensorflow.framework.regularizers.L2(0.3f), L2.of(0.3)));
  }

  @ParameterizedTest
  @MethodSource("regularizers")
  void a_regularizer_adds_to_the_loss(
      org.tensorflow.framework.regularizers.Regularizer theirs, Regularizer ours) {
    assertSame(
        losses(Dense.of(4).kernelRegularizer(TensorFlowFramework.regularizer(theirs))),
        losses(Dense.of(4).kernelRegularizer(ours)));
  }

  @Test
  void an_initializer_draws_from_its_own_seed() {
    Initializer glorot =
        TensorFlowFramework.initializer(new Glorot<TFloat32>(Distribution.TRUNCATED_NORMAL, 5));
    Array first = glorot.value(Shape.of(30, 20), DType.FLOAT32, 1);
    assertThat(glorot.value(Shape.of(30, 20), DType.FLOAT32, 2)).isEqualTo(first);
    double[] v = first.doubles();
    double square = java.util.Arrays.stream(v).map(x -> x * x).average().orElseThrow();
    assertThat(Math.sqrt(square)).isCloseTo(Math.sqrt(2.0 / 50), within(0.02));
    Initializer constant =
        TensorFlowFramework.initializer(
            new org.tensorflow.framework.initializers.Constant<TFloat32>(0.25));
    assertSame(
        losses(Dense.of(4).kernelInitializer(constant)),
        losses(Dense.of(4).kernelInitializer(Initializers.constant(0.25))));
  }

  @Test
  void a_model_with_them_is_not_written_whole() {
    Activation swish = TensorFlowFramework.activation(new Swish());
    try (Sequential model = Sequential.of(Input.of(2), Dense.of(4).activation(swish))) {
      assertThatThrownBy(model::toJson)
          .hasMessageContaining("a lambda cannot be written; make the activation a public record");
    }
  }
}
