package dev.ibex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ibex.core.Check;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.initializers.Initializers;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.SGD;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** What compile does with the options of optimizers. */
class OptimizerCompileTest {
  private static final Data ONES = Data.of(new float[][] {{1}}, new float[][] {{0}});

  private static Model line(DTypePolicy policy) {
    return Sequential.of(
        Input.of(1),
        Dense.of(1).useBias(false).kernelInitializer(Initializers.ones()).dtype(policy));
  }

  private static List<String> names(Model model) {
    return model.optimizerVariables().stream().map(Variable::name).toList();
  }

  @Test
  void half_precision_is_trained_with_a_scaled_loss() {
    try (Model model = line(DTypePolicy.MIXED_FLOAT16)) {
      Optimizer sgd = SGD.of(0.25);
      model.compile(sgd, MeanSquaredError.of());
      assertThat(names(model))
          .containsExactly(
              "iteration",
              "learning_rate",
              "step_counter",
              "dynamic_scale",
              "iteration",
              "learning_rate");
      model.fit(ONES, Fit.epochs(2));
      // the first gradient, 65536, is infinite in float16: the scale halves, and nothing else is
      // done
      assertThat(model.optimizerVariables().get(2).value().longs()).containsExactly(1);
      assertThat(model.optimizerVariables().get(3).value().number(0)).isEqualTo(16384);
      assertThat(model.weights().get(0).value().number(0)).isEqualTo(0.5);
      // another wish about the scale is another optimizer
      model.compile(Compile.with(sgd).loss(MeanSquaredError.of()).autoScaleLoss(false));
      assertThat(names(model)).containsExactly("iteration", "learning_rate");
    }
  }

  @Test
  void a_step_whose_gradient_is_not_finite_halves_the_scale_and_changes_nothing_else() {
    try (Model model = line(DTypePolicy.FLOAT32)) {
      model.compile(LossScaleOptimizer.of(SGD.of(0.25).momentum(0.5)), MeanSquaredError.of());
      Data infinite =
          Data.of(
              Array.filled(DType.FLOAT32, Shape.of(1, 1), Double.POSITIVE_INFINITY),
              Array.filled(DType.FLOAT32, Shape.of(1, 1), 0));
      model.fit(infinite, Fit.epochs(1));
      assertThat(model.weights().get(0).value().number(0)).isEqualTo(1);
      List<Variable> state = model.optimizerVariables();
      assertThat(state.get(3).value().number(0)).isEqualTo(16384);
      assertThat(state.get(4).value().longs()).as("iteration").containsExactly(0);
      assertThat(state.get(6).value().number(0)).as("momentum").isEqualTo(0);
    }
  }

  @Test
  void averages_of_no_steps_leave_the_weights() {
    try (Model model = line(DTypePolicy.FLOAT32)) {
      model.compile(SGD.of(0.25).useEma(true), MeanSquaredError.of());
      model.fit(ONES, Fit.epochs(1).initialEpoch(1));
      assertThat(model.weights().get(0).value().number(0)).isEqualTo(1);
      model.fit(ONES, Fit.epochs(2));
      // w = 0.5 and 0.25; the average begins as the first
      assertThat(model.weights().get(0).value().number(0)).isEqualTo(0.4975f);
    }
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of(
            SGD.of(0.1).emaOverwriteFrequency(3),
            "emaMomentum, emaOverwriteFrequency: there are no averages without useEma(true)"),
        Arguments.of(
            SGD.of(0.1).emaMomentum(0.5),
            "emaMomentum, emaOverwriteFrequency: there are no averages without useEma(true)"),
        Arguments.of(
            SGD.of(0.1).lossScaleFactor(8),
            "lossScaleFactor: the loss is scaled already, as mixed_float16 needs it; remove the"
                + " factor, or compile with autoScaleLoss(false)"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void options_that_would_do_nothing_are_refused(Optimizer optimizer, String text) {
    try (Model model = line(DTypePolicy.MIXED_FLOAT16)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compile(optimizer, MeanSquaredError.of()))
          .withMessage(text);
    }
  }

  @Test
  void figures_are_those_of_the_data_that_fits_after_data_that_did_not() {
    try (Model model = line(DTypePolicy.FLOAT32)) {
      model.compile(
          SGD.of(0),
          (tf, y, p) -> {
            Check.that(y.shape().numDimensions() == 2, "expected a matrix");
            return tf.math.squaredDifference(p, y);
          },
          Metrics.mae());
      Data wrong =
          Data.of(
              Array.filled(DType.FLOAT32, Shape.of(4, 1), 1),
              Array.filled(DType.FLOAT32, Shape.of(4, 3, 2), 1));
      assertThatIllegalArgumentException().isThrownBy(() -> model.fit(wrong, Fit.epochs(1)));
      assertThat(model.fit(ONES, Fit.epochs(2)).get("loss")).containsExactly(1.0, 1.0);
      assertThat(model.evaluate(ONES).get("mae")).isEqualTo(1);
    }
  }
}
