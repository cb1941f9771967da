package dev.ibex.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.core.Callback;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is wrong with a callback is said where it is made, or before the first step. */
class CallbackErrorsTest {
  @TempDir Path folder;

  static Stream<Arguments> made() {
    return Stream.of(
        refused(
            () -> ReduceLROnPlateau.of("loss").factor(1),
            "factor: expected a number of at least 0 and below 1, got 1.0"),
        refused(
            () -> ReduceLROnPlateau.of("loss").patience(-1),
            "patience: expected at least 0, got -1"),
        refused(
            () -> ReduceLROnPlateau.of("loss").cooldown(-1),
            "cooldown: expected at least 0, got -1"),
        refused(
            () -> ReduceLROnPlateau.of("loss").minLr(-1),
            "minLr: expected a number of at least 0, got -1.0"),
        refused(() -> ModelCheckpoint.of(" "), "path: expected a file or a directory, got nothing"),
        refused(
            () -> ModelCheckpoint.of("a").saveFreq(0),
            "saveFreq: expected a positive integer, got 0"),
        refused(
            () -> ModelCheckpoint.of("{epoch"),
            "path: expected fields such as {epoch:02d} or {val_loss:.2f}, got \"{epoch\""),
        refused(
            () -> ModelCheckpoint.of("{loss:02d}"),
            "path: the format of {loss:02d} in \"{loss:02d}\" is not one of those known: 02d for"
                + " epoch and batch, .2f for figures, each with any width and digits"),
        refused(
            () -> BackupAndRestore.of("a").saveFreq(-1),
            "saveFreq: expected a positive integer, got -1"),
        refused(
            () -> CSVLogger.of("a").separator('"'),
            "separator: a quote or line end cannot separate fields"));
  }

  private static Arguments refused(Supplier<?> made, String text) {
    return Arguments.of(made, text);
  }

  @ParameterizedTest
  @MethodSource("made")
  void options_are_checked_when_they_are_set(Supplier<?> made, String text) {
    assertThatThrownBy(made::get).isInstanceOf(IllegalArgumentException.class).hasMessage(text);
  }

  static Stream<Arguments> begun() {
    String unknown = "key: there is no \"val_loss\" to watch; there are [loss]; val_… comes from";
    return Stream.of(
        Arguments.of(EarlyStopping.of("val_loss"), unknown),
        Arguments.of(ReduceLROnPlateau.of("val_loss"), unknown),
        Arguments.of(ModelCheckpoint.of("unused").saveBestOnly(true), unknown),
        Arguments.of(
            ModelCheckpoint.of("a").saveWeightsOnly(false),
            "saveWeightsOnly: whole models are saved as *.keras or *.h5, got a"),
        Arguments.of(
            ModelCheckpoint.of("a.keras").saveWeightsOnly(true),
            "saveWeightsOnly: weights are saved as *.weights.h5, as *.weights.json or as a"
                + " directory, got a.keras"),
        Arguments.of(
            ModelCheckpoint.of("{acc:.2f}"),
            "path: there is no \"acc\" to fill in; there are [loss, epoch]"),
        Arguments.of(
            ModelCheckpoint.of("{batch}"),
            "path: there is no \"batch\" to fill in; there are [loss, epoch]"));
  }

  @ParameterizedTest
  @MethodSource("begun")
  void keys_are_checked_before_the_first_step(Callback callback, String text) {
    FakeTraining training = new FakeTraining(1, 1);
    training.keys = Set.of("loss");
    assertThatThrownBy(() -> callback.onTrainBegin(training))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(text);
  }

  @Test
  void a_figure_of_validation_cannot_be_watched_after_steps() {
    FakeTraining training = new FakeTraining(1, 1);
    training.keys = Set.of("val_loss");
    ModelCheckpoint checkpoint =
        ModelCheckpoint.of(folder.toString()).saveBestOnly(true).saveFreq(2);
    assertThatThrownBy(() -> checkpoint.onTrainBegin(training))
        .hasMessage(
            "key: \"val_loss\" is known only after epochs, but steps are counted; watch one of"
                + " [batch]");
  }

  @Test
  void a_place_that_cannot_be_written_is_found_before_the_first_step() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "x");
    FakeTraining training = new FakeTraining(1, 1);
    for (Callback c :
        new Callback[] {
          CSVLogger.of(file.resolve("log.csv")),
          ModelCheckpoint.of(file.resolve("weights") + "-{epoch}"),
          BackupAndRestore.of(file)
        }) {
      assertThatThrownBy(() -> c.onTrainBegin(training))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              c.getClass().getSimpleName() + ": the directory " + file + " cannot be written;");
    }
    assertThatThrownBy(() -> CSVLogger.of(folder).onTrainBegin(training))
        .hasMessage("CSVLogger: expected a file to write, got the directory " + folder);
    assertThat(Files.readString(file)).isEqualTo("x");
    assertThat(folder.toFile().list()).containsExactly("file");
  }

  @Test
  void a_rate_that_is_none_is_refused() {
    LearningRateScheduler scheduler = LearningRateScheduler.of((epoch, rate) -> -1);
    FakeTraining training = new FakeTraining(1, 1);
    scheduler.onTrainBegin(training);
    assertThatThrownBy(() -> scheduler.onEpochBegin(training, 3))
        .hasMessage("rate of epoch 3: expected a number of at least 0, got -1.0");
  }

  @Test
  void a_loss_that_is_no_number_ends_the_training() {
    FakeTraining training = new FakeTraining(1, 1);
    TerminateOnNaN callback = TerminateOnNaN.of();
    training.logs.putAll(Map.of("loss", 1.0, "mae", Double.NaN));
    callback.onTrainBatchEnd(training, 0);
    assertThat(training.stopped).isFalse();
    training.logs.put("loss", Double.POSITIVE_INFINITY);
    callback.onTrainBatchEnd(training, 1);
    assertThat(training.stopped).isTrue();
    assertThatThrownBy(() -> callback.raiseError(true).onTrainBatchEnd(training, 2))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "the loss is Infinity after batch 2; try a smaller learning rate or clipped gradients,"
                + " and look for such numbers in the data");
  }

  @Test
  void options_change_one_thing_each() {
    assertThat(
            ReduceLROnPlateau.of("mae")
                .factor(0.5)
                .patience(2)
                .mode(Mode.MAX)
                .minDelta(-0.1)
                .cooldown(3)
                .minLr(0.01)
                .config())
        .isEqualTo(new ReduceLROnPlateau.Config("mae", 0.5, 2, Mode.MAX, 0.1, 3, 0.01));
    assertThat(
            ModelCheckpoint.of("a")
                .monitor("mae")
                .mode(Mode.MIN)
                .saveBestOnly(true)
                .saveFreq(4)
                .initialValueThreshold(2)
                .saveWeightsOnly(true)
                .config())
        .isEqualTo(
            new ModelCheckpoint.Config(
                "a",
                "mae",
                Mode.MIN,
                true,
                4,
                java.util.OptionalDouble.of(2),
                java.util.Optional.of(true)));
    assertThat(BackupAndRestore.of("a").saveFreq(4).deleteCheckpoint(false).config())
        .isEqualTo(new BackupAndRestore.Config(Path.of("a"), 4, false));
  }
}
