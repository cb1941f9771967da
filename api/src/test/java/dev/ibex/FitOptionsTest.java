package dev.ibex;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.callbacks.EarlyStopping;
import dev.ibex.callbacks.LambdaCallback;
import dev.ibex.callbacks.TerminateOnNaN;
import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import dev.ibex.metrics.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class FitOptionsTest {
  private static final Loss SQUARED = (tf, y, p) -> tf.math.squaredDifference(y, p);
  private static final Fit FIT = Fit.epochs(3);
  private static final Data DATA =
      Data.of(
          new float[][] {{1, 0}, {0, 1}, {1, 1}, {2, 1}, {3, -1}},
          new float[][] {{1}, {0}, {1}, {0}, {2}});

  private static Sequential line() {
    Sequential model = Sequential.of(Input.of(2), new Linear(1));
    model.seed(5);
    model.compile(Descent.of(0.05), SQUARED, Metrics.mae());
    return model;
  }

  private static Data stream(Data data) {
    return Data.batches(
        () ->
            IntStream.range(0, 3)
                .mapToObj(
                    i -> data.rows(IntStream.range(2 * i, Math.min(5, 2 * i + 2)).toArray())));
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        text(
            () -> FIT.validationSplit(1),
            "validationSplit: expected a number of at least 0 and below 1, got 1.0"),
        text(
            () -> FIT.validation(DATA).validationSplit(0.5),
            "validationSplit: validation data is given, too; choose one of them"),
        text(
            () -> FIT.validationFrequency(0),
            "validationFrequency: expected a positive integer, got 0"),
        text(
            () -> FIT.validationBatchSize(0),
            "validationBatchSize: expected a positive integer, got 0"),
        text(
            () -> FIT.initialEpoch(4),
            "initialEpoch: expected a number from 0 to epochs, which is 3, got 4"),
        text(
            () -> FIT.classWeights(Map.of(1, -2.0)),
            "classWeights: class 1: expected a number of at least 0, got -2.0"),
        text(
            () -> Compile.with(Descent.of(1)).stepsPerExecution(0),
            "stepsPerExecution: expected a positive integer, got 0"),
        fit(
            FIT.validationSplit(0.95),
            DATA,
            "validationSplit: 0.95 of 5 samples leaves 0 to train on and 5 to evaluate; both need"
                + " one"),
        fit(
            FIT.validationSplit(0.5),
            stream(DATA),
            "validationSplit: a stream of batches cannot be cut; give its validation data by"
                + " Fit.validation(data)"),
        fit(
            FIT.classWeights(Map.of(0, 2.0)),
            DATA.weight(1, 2, 3, 4, 5),
            "classWeights: the data has sample weights, too; multiply them into one of the two"),
        fit(
            FIT.callbacks(EarlyStopping.of("val_loss")),
            DATA,
            "key: there is no \"val_loss\" to watch; there are [loss, mae]; val_… comes from"
                + " Fit.validation(data)"));
  }

  private static Arguments text(Runnable made, String text) {
    return Arguments.of(made, text);
  }

  private static Arguments fit(Fit fit, Data data, String text) {
    Runnable run =
        () -> {
          try (Sequential model = line()) {
            Array before = model.weight("linear/kernel").value();
            try {
              model.fit(data, fit);
            } finally {
              assertThat(model.weight("linear/kernel").value()).isEqualTo(before);
            }
          }
        };
    return Arguments.of(run, text);
  }

  @ParameterizedTest
  @MethodSource("refused")
  void what_cannot_be_is_refused_before_the_first_step(Runnable run, String text) {
    assertThatThrownBy(run::run).isInstanceOf(IllegalArgumentException.class).hasMessage(text);
  }

  @Test
  void class_weights_need_one_class_a_sample() {
    Array x = Array.filled(dev.ibex.graph.DType.FLOAT32, Shape.of(2, 3, 2), 1);
    Array y = Array.filled(dev.ibex.graph.DType.FLOAT32, Shape.of(2, 3, 1), 1);
    Fit weighted = FIT.classWeights(Map.of(1, 2.0));
    assertThatThrownBy(() -> ClassWeights.apply(weighted.classWeights(), binding(x, y)))
        .hasMessage(
            "classWeights: expected a class for each sample, a target of shape (?), (?, 1) or"
                + " one-hot (?, classes), got (2, 3, 1); give each element a weight by"
                + " Data.weight(name, array)");
    Binding two =
        new Binding(
            List.of(x),
            List.of(java.util.Optional.of(y), java.util.Optional.of(y)),
            List.of(java.util.Optional.empty(), java.util.Optional.empty()));
    assertThatThrownBy(() -> ClassWeights.apply(weighted.classWeights(), two))
        .hasMessage(
            "classWeights: they are for models of one output, but this one has 2; give each"
                + " output's samples weights by Data.weight(name, array)");
  }

  private static Binding binding(Array x, Array y) {
    return new Binding(
        List.of(x), List.of(java.util.Optional.of(y)), List.of(java.util.Optional.empty()));
  }

  @Test
  void a_stream_takes_class_weights_as_arrays_do() {
    Fit fit = FIT.classWeights(Map.of(0, 3.0, 2, 0.5)).batchSize(2).shuffle(false);
    try (Sequential a = line();
        Sequential b = line();
        Sequential unweighted = line()) {
      History arrays = a.fit(DATA, fit);
      assertThat(b.fit(stream(DATA), fit).all()).isEqualTo(arrays.all());
      assertThat(unweighted.fit(DATA, fit.classWeights(Map.of())).get("loss"))
          .isNotEqualTo(arrays.get("loss"));
    }
  }

  @Test
  void the_end_of_the_data_is_kept_from_training_and_shuffling() {
    try (Sequential model = line()) {
      model.compile(Descent.of(0), SQUARED);
      Fit fit = FIT.validationSplit(0.4);
      double last = model.evaluate(DATA.rows(3, 4)).loss();
      double first = model.evaluate(DATA.rows(0, 1, 2)).loss();
      History history = model.fit(DATA, fit);
      assertThat(history.get("val_loss")).containsOnly(last);
      history
          .get("loss")
          .forEach(
              loss -> assertThat(loss).isCloseTo(first, org.assertj.core.data.Offset.offset(1e-6)));
    }
  }

  @Test
  void epochs_are_numbered_from_the_initial_one() {
    List<Integer> begun = new ArrayList<>();
    try (Sequential model = line()) {
      History history =
          model.fit(
              DATA,
              FIT.initialEpoch(1)
                  .callbacks(LambdaCallback.of().epochBegin((t, epoch) -> begun.add(epoch))));
      assertThat(history.epochs()).containsExactly(1, 2);
      assertThat(begun).containsExactly(1, 2);
      assertThat(model.fit(DATA, FIT.initialEpoch(3)).epochs()).isEmpty();
    }
  }

  @Test
  void what_a_callback_puts_into_the_logs_can_be_watched_and_is_in_the_history() {
    LambdaCallback score =
        LambdaCallback.of()
            .figures("score")
            .epochEnd((t, epoch, logs) -> logs.put("score", (double) epoch));
    try (Sequential model = line()) {
      History history =
          model.fit(DATA, Fit.epochs(9).callbacks(score, EarlyStopping.of("score").patience(2)));
      assertThat(history.get("score")).containsExactly(0.0, 1.0, 2.0);
    }
  }

  @Test
  void a_training_knows_its_keys_before_the_first_step() {
    List<String> keys = new ArrayList<>();
    LambdaCallback begin = LambdaCallback.of().trainBegin(t -> keys.addAll(t.keys()));
    try (Sequential model = line()) {
      model.fit(DATA, FIT.validation(DATA).callbacks(begin));
      assertThat(keys).containsExactly("loss", "mae", "val_loss", "val_mae");
      keys.clear();
      model.fit(stream(DATA), FIT.callbacks(begin));
      assertThat(keys).isEmpty();
    }
  }

  @Test
  void stopping_ends_the_epoch_after_the_running_step() {
    Consumer<Data> stops =
        data -> {
          List<Integer> batches = new ArrayList<>();
          try (Sequential model = line()) {
            model.fit(
                data,
                FIT.batchSize(2)
                    .callbacks(
                        LambdaCallback.of()
                            .trainBatchEnd(
                                (t, batch) -> {
                                  batches.add(batch);
                                  if (batch == 1) {
                                    t.stop();
                                  }
                                })));
          }
          assertThat(batches).containsExactly(0, 1);
        };
    stops.accept(DATA);
    stops.accept(stream(DATA));
  }

  @Test
  void a_loss_that_is_no_number_goes_on_unless_a_callback_ends_it() {
    Data data = Data.of(new float[][] {{1, 0}, {Float.NaN, 1}}, new float[][] {{1}, {1}});
    Fit fit = FIT.batchSize(1).shuffle(false);
    try (Sequential model = line()) {
      assertThat(model.fit(data, fit).get("loss")).hasSize(3).containsOnly(Double.NaN);
    }
    try (Sequential model = line()) {
      assertThat(model.fit(data, fit.callbacks(TerminateOnNaN.of())).get("loss")).hasSize(1);
    }
  }

  @Test
  void nothing_to_minimise_is_refused_by_the_first_step() {
    try (Sequential model = line()) {
      model.compile(Compile.with(Descent.of(0.1)).metrics(Metrics.mae()));
      assertThatThrownBy(() -> model.fit(DATA, FIT))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "loss: there is nothing to minimise: no output has a loss, and no layer adds one;"
                  + " give compile a loss");
    }
  }
}
