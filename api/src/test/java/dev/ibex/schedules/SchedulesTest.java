package dev.ibex.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.OptimizerRun;
import dev.ibex.core.Schedule;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.optimizers.SGD;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.types.TFloat32;

class SchedulesTest {
  static Stream<Arguments> wrong() {
    String steps = ": expected a positive number, got 0.0";
    return Stream.<Map.Entry<String, Supplier<Schedule>>>of(
            Map.entry("decaySteps" + steps, () -> ExponentialDecay.of(0.1, 0, 0.5)),
            Map.entry("decaySteps" + steps, () -> InverseTimeDecay.of(0.1, 0, 0.5)),
            Map.entry("decaySteps" + steps, () -> PolynomialDecay.of(0.1, 0)),
            Map.entry("decaySteps" + steps, () -> CosineDecay.of(0.1, 0)),
            Map.entry("warmupSteps" + steps, () -> CosineDecay.of(0.1, 1).warmup(1, 0)),
            Map.entry("firstDecaySteps" + steps, () -> CosineDecayRestarts.of(0.1, 0)),
            Map.entry(
                "tMul: expected a number of at least 1, got 0.5",
                () -> CosineDecayRestarts.of(0.1, 1).tMul(0.5)),
            Map.entry(
                "initialLearningRate: expected a number of at least 0, got -1.0",
                () -> CosineDecay.of(-1, 1)),
            Map.entry(
                "values: expected one more than the boundaries, which are [1, 2], got [0.1, 0.2]",
                () -> PiecewiseConstantDecay.of(new long[] {1, 2}, 0.1, 0.2)),
            Map.entry(
                "boundaries: expected rising steps, got [2, 1]; sort them, with their values",
                () -> PiecewiseConstantDecay.of(new long[] {2, 1}, 0.1, 0.2, 0.3)))
        .map(e -> Arguments.of(e.getKey(), e.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void wrong_settings_are_refused(String text, Supplier<Schedule> made) {
    assertThatIllegalArgumentException().isThrownBy(made::get).withMessage(text);
  }

  @Test
  void a_lambda_decides_the_rate_of_each_step() {
    Schedule half =
        (tf, step) ->
            tf.math.pow(
                Numbers.constant(tf, DType.FLOAT32, 0.5), Numbers.cast(tf, step, DType.FLOAT32));
    assertThat(half.value(3)).isEqualTo(0.125);
    Array one = Array.of(new float[] {1});
    try (OptimizerRun run = new OptimizerRun(SGD.of().learningRate(half), List.of(one))) {
      run.apply(List.of(one));
      assertThat(run.values().get(0).floats()).containsExactly(0);
      run.apply(List.of(one));
      assertThat(run.values().get(0).floats()[0]).isCloseTo(-0.5f, within(1e-7f));
      assertThat(run.state()).as("an iteration and no learning rate").hasSize(1);
    }
  }

  @Test
  void a_lambda_needs_no_types_of_ours() {
    Schedule falling =
        (tf, step) ->
            tf.math.div(
                tf.constant(0.5f),
                tf.math.add(tf.dtypes.cast(step, TFloat32.class), tf.constant(1f)));
    assertThat(falling.value(1)).isEqualTo(0.25);
    Schedule vector = (tf, step) -> tf.constant(new float[] {1});
    Array one = Array.of(new float[] {1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new OptimizerRun(SGD.of().learningRate(vector), List.of(one)).close())
        .withMessage("learningRate: expected a schedule of scalars, got the shape (1)");
  }

  @Test
  void a_rate_that_follows_a_schedule_is_not_set() {
    Schedule line = PolynomialDecay.of(0.1, 10);
    Array one = Array.of(new float[] {1});
    try (OptimizerRun run = new OptimizerRun(SGD.of().learningRate(line), List.of(one))) {
      assertThatIllegalStateException()
          .isThrownBy(() -> run.learningRate(0.1))
          .withMessage(
              "learningRate: it follows the schedule "
                  + line
                  + " and cannot be set; give the optimizer a number to set it while it trains");
    }
  }
}
