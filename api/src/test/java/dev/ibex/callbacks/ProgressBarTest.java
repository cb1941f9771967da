package dev.ibex.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressBarTest {
  private final StringBuilder out = new StringBuilder();
  private long now = 5_000_000_000L;

  private ProgressBar bar(boolean live) {
    return ProgressBar.of(out).live(live).clock(() -> now);
  }

  /** Runs one epoch with the same time for each step. */
  private FakeTraining epoch(ProgressBar bar, FakeTraining training, int steps, double seconds) {
    bar.onEpochBegin(training, 0);
    for (int i = 0; i < steps; i++) {
      now += (long) (seconds * 1e9);
      bar.onTrainBatchEnd(training, i);
    }
    return training;
  }

  private String[] lines() {
    return out.toString().split("[\r\n]", -1);
  }

  private static Map<String, Double> logs() {
    Map<String, Double> logs = new LinkedHashMap<>();
    logs.put("loss", 0.25);
    logs.put("val_loss", 0.000123);
    return logs;
  }

  @Test
  void without_a_terminal_each_epoch_is_one_line() {
    ProgressBar bar = bar(false);
    FakeTraining training = new FakeTraining(10, 4);
    bar.onTrainBegin(training);
    epoch(bar, training, 4, 0.5);
    now += 1_000_000_000L;
    bar.onEpochEnd(training, 0, logs());
    assertThat(out.toString())
        .isEqualTo("Epoch  1/10  4/4  3.0s 500ms/step  loss 0.2500  val_loss 1.230e-04\n");
    assertThat(training.logsRead).isZero();
  }

  @Test
  void on_a_terminal_the_line_is_rewritten() {
    ProgressBar bar = bar(true);
    FakeTraining training = new FakeTraining(2, 4);
    training.logs.put("loss", 0.5);
    bar.onTrainBegin(training);
    epoch(bar, training, 4, 2);
    bar.onEpochEnd(training, 0, logs());
    assertThat(lines())
        .containsExactly(
            "Epoch 1/2  1/4 [===.........] ETA 0:06  loss 0.5000",
            "Epoch 1/2  2/4 [======......] ETA 0:04  loss 0.5000",
            "Epoch 1/2  3/4 [=========...] ETA 0:02  loss 0.5000",
            "Epoch 1/2  4/4 [============] ETA 0:00  loss 0.5000",
            "Epoch 1/2  4/4  8.0s 2.0s/step  loss 0.2500  val_loss 1.230e-04",
            "");
    assertThat(out.toString()).endsWith("\n").contains("\r").doesNotContain("\r\r");
  }

  @Test
  void a_shorter_line_wipes_out_the_longer_one_before() {
    ProgressBar bar = bar(true);
    FakeTraining training = new FakeTraining(1, 1);
    bar.onTrainBegin(training);
    epoch(bar, training, 1, 1);
    bar.onEpochEnd(training, 0, Map.of());
    String before = lines()[0];
    assertThat(lines()[1]).hasSameSizeAs(before).startsWith("Epoch 1/1  1/1  1.0s 1.0s/step ");
  }

  @Test
  void figures_are_read_ten_times_a_second() {
    ProgressBar bar = bar(true);
    FakeTraining training = new FakeTraining(1, 1000);
    bar.onTrainBegin(training);
    epoch(bar, training, 1000, 0.002);
    assertThat(training.logsRead).isBetween(19, 21);
    assertThat(lines()[lines().length - 1]).contains("1000/1000 [============]");
  }

  @Test
  void the_first_step_does_not_count_as_it_emits_the_graph() {
    ProgressBar bar = bar(true);
    FakeTraining training = new FakeTraining(1, 3);
    bar.onTrainBegin(training);
    bar.onEpochBegin(training, 0);
    now += 30_000_000_000L;
    bar.onTrainBatchEnd(training, 0);
    now += 4_000_000L;
    bar.onTrainBatchEnd(training, 1);
    now += 4_000_000L;
    bar.onTrainBatchEnd(training, 2);
    bar.onEpochEnd(training, 0, Map.of());
    assertThat(lines()[1]).startsWith("Epoch 1/1  3/3 [============] ETA 0:00");
    assertThat(lines()[2]).startsWith("Epoch 1/1  3/3  30.0s 4.0ms/step");
  }

  @Test
  void short_epochs_are_one_line_each() {
    ProgressBar bar = bar(true);
    FakeTraining training = new FakeTraining(9, 1);
    bar.onTrainBegin(training);
    for (int i = 0; i < 3; i++) {
      epoch(bar, training, 1, 0.001);
      bar.onEpochEnd(training, 0, Map.of());
    }
    assertThat(training.logsRead).isZero();
    assertThat(out.toString().split("\n")).hasSize(3);
  }

  @Test
  void a_live_line_shows_as_many_figures_as_fit_a_narrow_terminal() {
    ProgressBar bar = bar(true);
    FakeTraining training = new FakeTraining(1, 2);
    for (int i = 0; i < 9; i++) {
      training.logs.put("figure_" + i, 1.0);
    }
    bar.onTrainBegin(training);
    epoch(bar, training, 1, 1);
    assertThat(lines())
        .containsExactly(
            "Epoch 1/1  1/2 [======......] ETA 0:01  figure_0 1.0000  figure_1 1.0000");
  }

  @Test
  void an_unknown_number_of_steps_is_counted() {
    ProgressBar bar = bar(true);
    FakeTraining training = new FakeTraining(1, -1);
    bar.onTrainBegin(training);
    epoch(bar, training, 2, 70);
    bar.onEpochEnd(training, 0, Map.of("loss", 1.0));
    assertThat(lines())
        .containsExactly(
            "Epoch 1/1  1 steps  1:10",
            "Epoch 1/1  2 steps  2:20",
            "Epoch 1/1  2 steps  2:20 1:10/step  loss 1.0000",
            "");
  }

  @ParameterizedTest
  @CsvSource({
    "0.00004, 40us/step",
    "0.0123, 12ms/step",
    "1.26, 1.3s/step",
    "75, 1:15/step",
    "3700, 1:01:40/step",
  })
  void durations_are_short(double seconds, String text) {
    ProgressBar bar = bar(false);
    FakeTraining training = new FakeTraining(1, 1);
    bar.onTrainBegin(training);
    epoch(bar, training, 1, seconds);
    bar.onEpochEnd(training, 0, Map.of());
    assertThat(out).contains(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0.0000",
    "0.5, 0.5000",
    "-2, -2.0000",
    "123456, 1.235e+05",
    "1e-5, 1.000e-05",
    "NaN, NaN"
  })
  void figures_have_four_digits(double value, String text) {
    ProgressBar bar = bar(false);
    FakeTraining training = new FakeTraining(1, 1);
    bar.onTrainBegin(training);
    epoch(bar, training, 1, 1);
    bar.onEpochEnd(training, 0, Map.of("loss", value));
    assertThat(out.toString()).endsWith("  loss " + text + "\n");
  }

  @Test
  void the_language_of_the_machine_does_not_matter() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
    try {
      without_a_terminal_each_epoch_is_one_line();
    } finally {
      Locale.setDefault(before);
    }
  }
}
