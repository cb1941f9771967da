package dev.ibex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.callbacks.BackupAndRestore;
import dev.ibex.callbacks.LambdaCallback;
import dev.ibex.callbacks.LearningRateScheduler;
import dev.ibex.callbacks.TensorBoard;
import dev.ibex.callbacks.TerminateOnNaN;
import dev.ibex.core.Optimizer;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.initializers.Initializers;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.Masking;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.SGD;
import dev.ibex.regularizers.L2;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

class CustomTrainingTest {
  private static final Data ONES =
      Data.of(Array.of(new float[][] {{1}, {1}}), Array.of(new float[][] {{0}, {0}}));

  /** Returns y = w · x with w = 1. */
  private static Sequential line(String name) {
    return Sequential.of(
        name,
        List.of(Input.of(1), Dense.of(1).useBias(false).kernelInitializer(Initializers.ones())));
  }

  private static Operand<TNumber> error(StepScope step, Model model) {
    return step.loss(MeanSquaredError.of(), step.target(), step.call(model, step.input()));
  }

  /** Returns gradient descent on the error, and something more in each step. */
  private static CustomTraining descent(
      Model model, double rate, BiConsumer<StepScope, Operand<TNumber>> more) {
    Optimizer sgd = SGD.of(rate);
    return CustomTraining.of(
        model,
        step -> {
          Operand<TNumber> e = error(step, model);
          step.minimize(sgd, e, model);
          more.accept(step, e);
        });
  }

  private static double weight(Model model) {
    return model.weights().get(0).value().number(0);
  }

  static Stream<Arguments> wrongSteps() {
    Optimizer shared = SGD.of(0.1);
    return Stream.of(
        step(
            (s, a, b) -> s.input("x"),
            "data: it has no input \"x\"; it has [input \"\", target \"\"]"),
        step(
            (s, a, b) -> s.log("loss", error(s, a)),
            "step: it changes nothing; call step.minimize or step.apply in it"),
        step(
            (s, a, b) -> s.apply(SGD.of(0.1), Map.of()),
            "gradients: expected that of at least one weight, got none"),
        step(
            (s, a, b) -> s.minimize(SGD.of(0.1), error(s, a), b),
            "loss: it depends on none of the weights [dense/kernel], so nothing would be learned"),
        step(
            (s, a, b) -> {
              s.minimize(shared, error(s, a), a);
              s.minimize(shared, error(s, b), b);
            },
            "optimizer: sgd keeps the state of the weights [dense/kernel], and cannot change"
                + " [dense/kernel] as well; make another object for these"),
        step(
            (s, a, b) -> {
              s.minimize(SGD.of(0.1), error(s, a), a);
              s.log("e", error(s, a));
              s.log("e", error(s, a));
            },
            "e: logged twice in a step"),
        step(
            (s, a, b) -> s.log("e", s.input()),
            "e: expected a scalar to log, got the shape (?, 1)"),
        step(
            (s, a, b) -> s.call(line("other"), s.input()),
            "model: \"other\" (Sequential) is not one of this training's; list it in"
                + " CustomTraining.of"),
        step(
            (s, a, b) -> s.minimize(SGD.of(0.1), error(s, a), line("other").weights()),
            "weights: dense/kernel belongs to no model of this training; list its model in"
                + " CustomTraining.of"));
  }

  private interface Emit {
    void step(StepScope step, Model a, Model b);
  }

  private static Arguments step(Emit emit, String text) {
    return Arguments.of(text, emit);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrongSteps")
  void a_step_that_cannot_be_is_refused(String text, Emit emit) {
    try (Model a = line("a");
        Model b = line("b")) {
      CustomTraining training = CustomTraining.of(List.of(a, b), step -> emit.step(step, a, b));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> training.fit(ONES, Fit.epochs(1)))
          .withMessage(text);
      assertThat(weight(a)).isEqualTo(1);
    }
  }

  @Test
  void what_is_written_after_minimize_sees_the_new_weights() {
    try (Model model = line("a")) {
      Optimizer sgd = SGD.of(0.25);
      CustomTraining training =
          CustomTraining.of(
              model,
              step -> {
                Operand<TNumber> before = error(step, model);
                step.minimize(sgd, before, model);
                Operand<TNumber> after = error(step, model);
                step.log("before", before);
                step.log("after", after);
              });
      History history = training.fit(ONES, Fit.epochs(1));
      // w = 1, its derivative is 2
      assertThat(weight(model)).isEqualTo(0.5);
      assertThat(history.last("before")).isEqualTo(1);
      assertThat(history.last("after")).isEqualTo(0.25);
    }
  }

  @Test
  void two_changes_of_one_weight_follow_each_other() {
    try (Model model = line("a")) {
      Optimizer first = SGD.of(0.25);
      Optimizer second = SGD.of(0.25);
      CustomTraining.of(
              model,
              step -> {
                step.minimize(first, error(step, model), model);
                step.minimize(second, error(step, model), model);
              })
          .fit(ONES, Fit.epochs(1));
      assertThat(weight(model)).isEqualTo(0.25);
    }
  }

  @Test
  void a_derivative_sums_over_all_values_that_were_read() {
    try (Model model = line("a")) {
      Optimizer first = SGD.of(0.25);
      Optimizer second = SGD.of(0.25);
      CustomTraining.of(
              model,
              step -> {
                Operand<TNumber> old = error(step, model);
                step.minimize(first, old, model);
                Operand<TNumber> both = step.tf().math.add(old, error(step, model));
                step.minimize(second, both, model);
              })
          .fit(ONES, Fit.epochs(1));
      // 1 - 0.25 · 2 = 0.5, then 0.5 - 0.25 · (2 + 1), as with a tape of Keras
      assertThat(weight(model)).isEqualTo(-0.25);
    }
  }

  @Test
  void gradients_of_ones_own_are_applied() {
    try (Model model = line("a")) {
      Optimizer sgd = SGD.of(0.5);
      CustomTraining.of(
              model,
              step -> {
                var found = step.gradients(error(step, model), model.weights());
                found.replaceAll(
                    (w, g) ->
                        step.tf().math.mul(g, Numbers.constant(step.tf(), DType.FLOAT32, 0.5)));
                step.apply(sgd, found);
              })
          .fit(ONES, Fit.epochs(1));
      assertThat(weight(model)).isEqualTo(0.5);
    }
  }

  @Test
  void the_derivative_by_an_input_is_that_of_its_values() {
    try (Model model = line("a")) {
      Optimizer sgd = SGD.of(0.1);
      CustomTraining training =
          CustomTraining.of(
              model,
              step -> {
                Operand<TNumber> x = step.input();
                Operand<TNumber> square = step.tf().math.square(step.call(model, x));
                Operand<TNumber> slope = step.gradient(square, x);
                step.log(
                    "slope",
                    step.tf()
                        .math
                        .mean(
                            step.tf().reshape(slope, step.tf().constant(new int[] {-1})),
                            step.tf().constant(0)));
                step.minimize(sgd, error(step, model), model);
              });
      Data data = Data.of(Array.of(new float[][] {{3}}), Array.of(new float[][] {{3}}));
      assertThat(training.fit(data, Fit.epochs(1)).last("slope")).isEqualTo(6);
    }
  }

  @Test
  void an_evaluation_changes_nothing_and_logs() {
    try (Model model = line("a")) {
      Optimizer sgd = SGD.of(0.25);
      CustomTraining training =
          CustomTraining.of(
              model,
              step -> {
                Operand<TNumber> y = step.call(model, step.input());
                Operand<TNumber> e = step.loss(MeanSquaredError.of(), step.target(), y);
                step.minimize(sgd, e, model);
                step.log("error", e);
                step.log(Metrics.mae(), step.target(), y);
              });
      assertThat(training.evaluate(ONES).all())
          .containsExactlyInAnyOrderEntriesOf(Map.of("error", 1.0, "mae", 1.0));
      assertThat(weight(model)).isEqualTo(1);
      History history = training.fit(ONES, Fit.epochs(2).validation(ONES));
      assertThat(history.get("val_error")).containsExactly(0.25, 0.0625);
      assertThat(history.get("mae")).containsExactly(1.0, 0.5);
      assertThat(model.predict(new float[][] {{4}}).floats()).containsExactly(1);
    }
  }

  @Test
  void optimizers_keep_their_state_from_fit_to_fit() {
    List<Double> once = new ArrayList<>();
    for (int[] epochs : new int[][] {{4}, {1, 3}}) {
      try (Model model = line("a")) {
        Optimizer adam = Adam.of(0.1);
        CustomTraining training =
            CustomTraining.of(model, step -> step.minimize(adam, error(step, model), model));
        for (int n : epochs) {
          training.fit(ONES, Fit.epochs(n));
          model.predict(new float[][] {{1}});
        }
        once.add(weight(model));
      }
    }
    assertThat(once.get(0)).isEqualTo(once.get(1)).isLessThan(0.7);
  }

  @Test
  void what_was_frozen_at_first_stays() {
    try (Model a = line("a");
        Model b = line("b")) {
      b.freeze();
      Optimizer sgd = SGD.of(0.1);
      CustomTraining training =
          CustomTraining.of(
              List.of(a, b),
              step ->
                  step.minimize(
                      sgd,
                      step.loss(
                          MeanSquaredError.of(),
                          step.target(),
                          step.call(b, step.call(a, step.input()))),
                      a,
                      b));
      b.unfreeze();
      training.fit(ONES, Fit.epochs(1));
      assertThat(weight(a)).isLessThan(1);
      assertThat(weight(b)).isEqualTo(1);
    }
  }

  @Test
  void penalties_of_weights_and_layers_are_there_to_be_added() {
    Sequential model =
        Sequential.of(
            Input.of(1),
            Dense.of(1)
                .useBias(false)
                .kernelInitializer(Initializers.ones())
                .kernelRegularizer(L2.of(0.5))
                .activityRegularizer(L2.of(2)));
    try (model) {
      CustomTraining training =
          descent(model, 0, (step, e) -> step.log("penalty", step.penalties(model)));
      assertThat(training.fit(ONES, Fit.epochs(1)).last("penalty")).isCloseTo(2.5, within(1e-6));
    }
  }

  @Test
  void a_rate_is_not_set_where_there_are_two() {
    try (Model a = line("a");
        Model b = line("b")) {
      Optimizer first = SGD.of(0.1);
      Optimizer second = SGD.of(0.1);
      CustomTraining training =
          CustomTraining.of(
              List.of(a, b),
              step -> {
                step.minimize(first, error(step, a), a);
                step.minimize(second, error(step, b), b);
              });
      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  training.fit(
                      ONES,
                      Fit.epochs(1).callbacks(LearningRateScheduler.of((epoch, rate) -> rate))))
          .withMessage(
              "learningRate: the training has 2 optimizers, each with its own; give them schedules"
                  + " to change it");
    }
  }

  @Test
  void trainings_over_one_model_are_each_their_own() {
    try (Model model = line("a")) {
      model.compile(SGD.of(0.25), MeanSquaredError.of());
      model.fit(ONES, Fit.epochs(1));
      assertThat(weight(model)).isEqualTo(0.5);
      for (double rate : new double[] {0.25, 0}) {
        CustomTraining training =
            descent(model, rate, (step, e) -> step.log("error with rate " + rate, e));
        History history = training.fit(ONES, Fit.epochs(1));
        assertThat(history.all()).containsOnlyKeys("error with rate " + rate);
        assertThat(weight(model)).isEqualTo(0.25);
      }
      assertThat(model.fit(ONES, Fit.epochs(1)).get("loss")).containsExactly(0.0625);
    }
  }

  @Test
  void names_and_not_places_tell_the_arrays() {
    try (Model model = line("m")) {
      Optimizer sgd = SGD.of(0);
      CustomTraining training =
          CustomTraining.of(
              model,
              step -> {
                Operand<TNumber> y = step.call(model, step.input("a"));
                Operand<TNumber> e = step.loss(MeanSquaredError.of(), step.input("b"), y);
                step.minimize(sgd, e, model);
                step.log("a", step.loss(MeanSquaredError.of(), step.tf().zerosLike(y), y));
              });
      Array two = Array.of(new float[][] {{2}});
      Array five = Array.of(new float[][] {{5}});
      Data train = Data.batches(() -> Stream.of(Data.inputs("a", two).input("b", five)));
      Data validation = Data.inputs("b", two).input("a", five);
      History history = training.fit(train, Fit.epochs(2).validation(validation));
      assertThat(history.get("a")).containsExactly(4.0, 4.0);
      assertThat(history.get("val_a")).containsExactly(25.0, 25.0);
    }
  }

  @Test
  void an_evaluation_may_log_other_figures() {
    try (Model model = line("m")) {
      CustomTraining training =
          descent(model, 0, (step, e) -> step.log(step.training() ? "train" : "test", e));
      History history = training.fit(ONES, Fit.epochs(1).validation(ONES));
      assertThat(history.all()).containsOnlyKeys("train", "val_test");
      assertThat(training.evaluate(ONES).all()).containsOnlyKeys("test");
    }
  }

  @Test
  void masked_steps_do_not_count() {
    Input in = Input.of(3, 1);
    Model model =
        Model.of(
            in,
            Dense.of(1)
                .useBias(false)
                .kernelInitializer(Initializers.ones())
                .apply(Masking.of().maskValue(9).apply(in)));
    Data data =
        Data.of(Array.of(Shape.of(1, 3, 1), 1f, 2f, 9f), Array.of(Shape.of(1, 3, 1), 0f, 0f, 0f));
    try (model) {
      model.compile(SGD.of(0), MeanSquaredError.of());
      CustomTraining training = descent(model, 0, (step, e) -> step.log("loss", e));
      assertThat(training.evaluate(data).loss())
          .isEqualTo(model.evaluate(data).loss())
          .isEqualTo(2.5);
    }
  }

  @Test
  void samples_have_weights() {
    try (Model model = line("m")) {
      Optimizer sgd = SGD.of(0);
      CustomTraining training =
          CustomTraining.of(
              model,
              step -> {
                Operand<TNumber> y = step.call(model, step.input());
                Operand<TNumber> w = step.weight("w");
                Operand<TNumber> e = step.loss(MeanSquaredError.of(), step.target(), y, w);
                step.minimize(sgd, e, model);
                step.log("error", e);
                step.log(Metrics.mae(), step.target(), y, w);
              });
      Data data =
          Data.of(new float[][] {{1}, {3}}, new float[][] {{0}, {0}})
              .weight("w", Array.of(new float[] {2, 0}));
      assertThat(training.evaluate(data).all()).isEqualTo(Map.of("error", 1.0, "mae", 1.0));
    }
  }

  @Test
  void weights_of_all_models_are_saved_and_loaded(@TempDir Path folder) {
    Path file = folder.resolve("weights");
    for (boolean first : new boolean[] {true, false}) {
      try (Model a = line("a");
          Model b = line("b")) {
        Optimizer sgd = SGD.of(0.25);
        CustomTraining training =
            CustomTraining.of(List.of(a, b), step -> step.minimize(sgd, error(step, b), b));
        if (first) {
          training.fit(ONES, Fit.epochs(1));
          training.saveWeights(file);
        } else {
          training.loadWeights(file);
          assertThat(training.getWeights()).containsOnlyKeys("a/dense/kernel", "b/dense/kernel");
          assertThat(weight(a)).isEqualTo(1);
          assertThat(weight(b)).isEqualTo(0.5);
        }
      }
    }
  }

  @Test
  void tensorboard_notes_the_rate_of_each_optimizer(@TempDir Path folder) {
    try (Model a = line("a");
        Model b = line("b")) {
      Optimizer first = SGD.of(0.1);
      Optimizer second = SGD.of(0.2);
      CustomTraining training =
          CustomTraining.of(
              List.of(a, b),
              step -> {
                step.minimize(first, error(step, a), a);
                step.minimize(second, error(step, b), b);
              });
      List<Map<String, Double>> rates = new ArrayList<>();
      training.fit(
          ONES,
          Fit.epochs(1)
              .callbacks(
                  TensorBoard.of(folder),
                  LambdaCallback.of().epochEnd((t, e, logs) -> rates.add(t.learningRates()))));
      assertThat(rates)
          .containsExactly(
              Map.of("sgd_learning_rate", (double) 0.1f, "sgd_learning_rate_1", (double) 0.2f));
    }
  }

  @Test
  void a_figure_that_is_no_number_ends_it() {
    try (Model model = line("m")) {
      CustomTraining training = descent(model, 1e30, (step, e) -> step.log("error", e));
      History history = training.fit(ONES, Fit.epochs(9).callbacks(TerminateOnNaN.of()));
      assertThat(history.epochs()).hasSizeLessThan(4);
    }
  }

  @Test
  void optimizers_that_the_step_makes_itself_are_refused_when_it_is_emitted_again() {
    try (Model model = line("m")) {
      CustomTraining training =
          CustomTraining.of(model, step -> step.minimize(SGD.of(0.1), error(step, model), model));
      training.fit(ONES, Fit.epochs(1));
      Data other = Data.of(new float[][] {{1}}, new float[] {1});
      assertThatIllegalArgumentException()
          .isThrownBy(() -> training.fit(other, Fit.epochs(1)))
          .withMessage(
              "step: it uses other optimizers than before; make them outside of the step, so that"
                  + " their state stays");
      assertThat(training.fit(ONES, Fit.epochs(1)).epochs()).hasSize(1);
    }
  }

  @Test
  void what_is_frozen_as_a_whole_is_not_trained() {
    try (Model model = line("m")) {
      model.freeze();
      assertThatIllegalArgumentException()
          .isThrownBy(() -> descent(model, 0.1, (step, e) -> {}).fit(ONES, Fit.epochs(1)))
          .withMessageStartingWith("weights: none trains; unfreeze some");
    }
  }

  private static final class Interrupted extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Trains with dropout, noise and momentum, and returns the weights. */
  private static List<Array> noisy(Path backup, int stopAt, boolean stream) {
    Sequential model =
        Sequential.of(Input.of(4), Dense.of(8).named("h"), Dropout.of(0.4), Dense.of(1).named("o"))
            .seed(7);
    try (model) {
      Optimizer adam = Adam.of(0.05);
      CustomTraining training =
          CustomTraining.of(
              model,
              step -> {
                Operand<TNumber> x = step.input();
                Operand<TNumber> noisy = step.tf().math.add(x, step.normal(x, 4));
                Operand<TNumber> y = step.call(model, noisy);
                Operand<TNumber> e = step.loss(MeanSquaredError.of(), step.target(), y);
                step.minimize(adam, e, model);
                step.log("error", e);
              });
      Data data =
          Data.of(
              Array.generate(DType.FLOAT32, Shape.of(20, 4), i -> Math.sin(i)),
              Array.generate(DType.FLOAT32, Shape.of(20, 1), i -> Math.cos(i)));
      List<Data> batches =
          List.of(data.rows(0, 1, 2, 3, 4, 5), data.rows(6, 7, 8, 9), data.rows(10, 11, 12));
      training.fit(
          stream ? Data.batches(batches::stream) : data,
          Fit.epochs(4)
              .batchSize(6)
              .callbacks(
                  BackupAndRestore.of(backup),
                  LambdaCallback.of()
                      .epochBegin(
                          (t, epoch) -> {
                            if (epoch == stopAt) {
                              throw new Interrupted();
                            }
                          })));
      return model.weights().stream().map(v -> v.value()).toList();
    }
  }

  @ParameterizedTest(name = "stream: {0}")
  @ValueSource(booleans = {false, true})
  void a_training_that_was_cut_off_goes_on_to_the_same_weights(
      boolean stream, @TempDir Path folder) {
    List<Array> whole = noisy(folder.resolve("whole"), -1, stream);
    Path backup = folder.resolve("cut");
    assertThatThrownBy(() -> noisy(backup, 2, stream)).isInstanceOf(Interrupted.class);
    assertThat(noisy(backup, -1, stream)).isEqualTo(whole);
  }
}
