package dev.ibex.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlyStoppingTest {
  private static final EarlyStopping LOSS = EarlyStopping.of("val_loss");

  @ParameterizedTest
  @CsvSource({"0, 2", "1, 2", "2, 3", "3, 4", "9, 5"})
  void waits_for_as_many_epochs_as_patience_says(int patience, int epochs) {
    EarlyStopping stopping = LOSS.patience(patience);
    FakeTraining training = FakeTraining.run(stopping, "val_loss", 1, 2, 3, 4, 5);
    assertThat(training.epochsRun).isEqualTo(epochs);
    assertThat(stopping.bestEpoch()).hasValue(0);
    assertThat(stopping.best()).hasValue(1);
    assertThat(stopping.stoppedEpoch().isPresent()).isEqualTo(patience < 9);
  }

  @ParameterizedTest
  @CsvSource({
    "val_loss, AUTO, 3",
    "val_loss, MIN, 3",
    "val_loss, MAX, 2",
    "val_accuracy, AUTO, 2",
    "val_accuracy, MIN, 3",
  })
  void a_figure_says_itself_which_values_are_better(String key, Mode mode, int epochs) {
    EarlyStopping stopping = EarlyStopping.of(key).mode(mode);
    assertThat(FakeTraining.run(stopping, key, 3, 2, 2.5, 4).epochsRun).isEqualTo(epochs);
  }

  @Test
  void a_change_of_less_than_min_delta_is_no_improvement() {
    assertThat(FakeTraining.run(LOSS, "val_loss", 1, 0.95, 0.9, 2).epochsRun).isEqualTo(4);
    assertThat(FakeTraining.run(LOSS.minDelta(0.1), "val_loss", 1, 0.95, 0.9, 2).epochsRun)
        .isEqualTo(2);
  }

  @Test
  void only_an_epoch_that_beats_the_baseline_is_waited_for_anew() {
    EarlyStopping stopping = LOSS.patience(2).baseline(0.5);
    assertThat(FakeTraining.run(stopping, "val_loss", 0.9, 0.8, 0.7, 0.8, 0.1).epochsRun)
        .isEqualTo(4);
    assertThat(FakeTraining.run(stopping, "val_loss", 0.9, 0.4, 0.7, 0.3, 0.2).epochsRun)
        .isEqualTo(5);
  }

  @Test
  void epochs_before_the_first_to_look_at_do_not_count() {
    EarlyStopping stopping = LOSS.startFromEpoch(2);
    assertThat(FakeTraining.run(stopping, "val_loss", 1, 2, 3, 2, 3).epochsRun).isEqualTo(5);
    assertThat(stopping.bestEpoch()).hasValue(3);
  }

  @Test
  void the_best_weights_come_back_early_or_not() {
    EarlyStopping stopping = LOSS.restoreBestWeights(true);
    assertThat(FakeTraining.run(stopping, "val_loss", 3, 1, 2).weight).isEqualTo(1);
    assertThat(FakeTraining.run(stopping.patience(9), "val_loss", 3, 1, 2).weight).isEqualTo(1);
    assertThat(FakeTraining.run(LOSS, "val_loss", 3, 1, 2).weight).isEqualTo(2);
  }

  @Test
  void a_figure_that_is_no_number_never_improves() {
    assertThat(FakeTraining.run(LOSS, "val_loss", 1, Double.NaN, 0).epochsRun).isEqualTo(2);
  }

  @Test
  void each_training_starts_anew() {
    EarlyStopping stopping = LOSS.restoreBestWeights(true);
    FakeTraining.run(stopping, "val_loss", 0, 1);
    FakeTraining second = FakeTraining.run(stopping, "val_loss", 9, 8, 7);
    assertThat(second.epochsRun).isEqualTo(3);
    assertThat(second.weight).isEqualTo(2);
    assertThat(stopping.best()).hasValue(7);
    assertThat(stopping.stoppedEpoch()).isEmpty();
  }

  @Test
  void refuses_a_figure_that_is_not_there() {
    FakeTraining training = new FakeTraining(1, 1);
    assertThatThrownBy(() -> LOSS.onEpochEnd(training, 0, Map.of("loss", 1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "key: there is no \"val_loss\" to watch; there are [loss]; "
                + "val_… comes from Fit.validation(data)");
    assertThatThrownBy(() -> EarlyStopping.of("acc").onEpochEnd(training, 0, Map.of("loss", 1.0)))
        .hasMessage("key: there is no \"acc\" to watch; there are [loss]");
  }

  @Test
  void the_sign_of_the_least_change_does_not_matter() {
    for (double change : new double[] {0.1, -0.1}) {
      assertThat(FakeTraining.run(LOSS.minDelta(change), "val_loss", 1, 0.95, 0.9, 2).epochsRun)
          .isEqualTo(2);
    }
  }

  @Test
  void refuses_numbers_below_zero() {
    assertThatThrownBy(() -> LOSS.patience(-1)).hasMessage("patience: expected at least 0, got -1");
    assertThatThrownBy(() -> LOSS.startFromEpoch(-2))
        .hasMessage("startFromEpoch: expected at least 0, got -2");
  }

  @Test
  void options_change_one_thing_each() {
    assertThat(
            LOSS.patience(3)
                .minDelta(0.1)
                .mode(Mode.MAX)
                .baseline(2)
                .restoreBestWeights(true)
                .startFromEpoch(4)
                .config())
        .isEqualTo(
            new EarlyStopping.Config(
                "val_loss", 3, 0.1, Mode.MAX, java.util.OptionalDouble.of(2), true, 4));
    assertThat(LOSS.config().patience()).isZero();
  }
}
