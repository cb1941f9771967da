package dev.ibex.callbacks;

import static dev.ibex.activations.Activations.TANH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.core.Callback;
import dev.ibex.core.Optimizer;
import dev.ibex.graph.Array;
import dev.ibex.graph.Checkpoint;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.SGD;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trainings that are broken off by an exception and begun again. */
class BackupAndRestoreTest {
  private static final int EPOCHS = 4;
  private static final int STEPS = 4;

  @TempDir Path folder;

  private static final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  private static Data data() {
    float[][] x = new float[14][3];
    float[][] y = new float[14][1];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = (float) Math.sin(3 * i + 2 * j);
      }
      y[i][0] = x[i][0] - x[i][2] + (float) Math.cos(5 * i);
    }
    return Data.of(x, y);
  }

  private static Data stream() {
    return Data.batches(
        () ->
            IntStream.range(0, STEPS)
                .mapToObj(
                    i -> data().rows(IntStream.range(4 * i, Math.min(14, 4 * i + 4)).toArray())));
  }

  private static Sequential model(OptionalLong seed, Optimizer optimizer, int units) {
    Sequential model =
        Sequential.of(
            Input.of(3),
            Dense.of(units).activation(TANH),
            BatchNormalization.of(),
            Dropout.of(0.3),
            Dense.of(1));
    seed.ifPresent(model::seed);
    model.compile(optimizer, MeanSquaredError.of(), Metrics.mae());
    return model;
  }

  /** What a training left: weights, optimizer, the table, the numbers of the epochs. */
  private record Outcome(Map<String, Array> weights, List<Array> optimizer, String table) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Outcome o && toString().equals(o.toString());
    }

    @Override
    public int hashCode() {
      return toString().hashCode();
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder(table);
      weights.forEach((k, a) -> text.append(k).append(bits(a)));
      optimizer.forEach(a -> text.append(bits(a)));
      return text.toString();
    }

    private static String bits(Array a) {
      List<Long> bits = new ArrayList<>();
      for (int i = 0; i < a.size(); i++) {
        bits.add(Double.doubleToLongBits(a.number(i)));
      }
      return bits.toString();
    }
  }

  private final Map<String, Integer> events = new LinkedHashMap<>();

  private Outcome train(
      Data data, int saveFreq, OptionalLong seed, Path backup, String breakAt, int after)
      throws IOException {
    Path table = folder.resolve("log-" + backup.getFileName() + ".csv");
    BackupAndRestore backups = BackupAndRestore.of(backup);
    LambdaCallback breaks =
        LambdaCallback.of()
            .trainBatchEnd((t, batch) -> count("batch", breakAt, after))
            .epochEnd((t, epoch, logs) -> count("epoch", breakAt, after))
            .trainEnd(t -> count("end", breakAt, after));
    try (Sequential model = model(seed, SGD.of(0.1).momentum(0.9).nesterov(true), 5)) {
      model.fit(
          data,
          Fit.epochs(EPOCHS)
              .batchSize(4)
              .validation(data())
              .callbacks(
                  saveFreq == 0 ? backups : backups.saveFreq(saveFreq),
                  breaks,
                  LearningRateScheduler.of((epoch, rate) -> rate * 0.9),
                  ReduceLROnPlateau.of("mae").factor(0.7).patience(1).minDelta(0.2).cooldown(1),
                  CSVLogger.of(table),
                  EarlyStopping.of("loss")
                      .patience(2)
                      .minDelta(0.1)
                      .startFromEpoch(1)
                      .restoreBestWeights(true)));
      assertThat(backup).doesNotExist();
      return new Outcome(
          model.getWeights(),
          model.optimizerVariables().stream().map(v -> v.value()).toList(),
          Files.readString(table));
    }
  }

  private void count(String event, String breakAt, int after) {
    if (events.merge(event, 1, Integer::sum) == after && event.equals(breakAt)) {
      throw new Broken();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "false, 0, batch",
    "false, 3, batch",
    "true, 3, batch",
    "false, 1, epoch",
    "false, 0, epoch",
    "false, 0, end"
  })
  void a_training_that_is_broken_off_ends_as_if_it_were_not(
      boolean streamed, int saveFreq, String event) throws IOException {
    Data data = streamed ? stream() : data();
    OptionalLong seed = OptionalLong.of(11);
    Outcome whole = train(data, saveFreq, seed, folder.resolve("whole"), "never", 0);
    int times = event.equals("batch") ? EPOCHS * STEPS : event.equals("epoch") ? EPOCHS : 1;
    for (int i = 1; i <= times; i += event.equals("batch") ? 6 : 2) {
      events.clear();
      Path backup = folder.resolve("broken" + i);
      int after = i;
      try {
        train(data, saveFreq, seed, backup, event, after);
        continue; // it ended earlier
      } catch (Broken e) {
        events.clear();
      }
      assertThat(train(data, saveFreq, seed, backup, "never", 0))
          .as("broken off at %s %d", event, i)
          .isEqualTo(whole);
    }
  }

  @Test
  void a_model_without_a_seed_takes_over_that_of_the_backup() throws IOException {
    Path backup = folder.resolve("backup");
    long[] seed = {0};
    Callback breaks =
        LambdaCallback.of()
            .trainBatchEnd(
                (t, batch) -> {
                  if (batch == 1) {
                    throw new Broken();
                  }
                });
    Fit fit = Fit.epochs(2).batchSize(4);
    BackupAndRestore backups = BackupAndRestore.of(backup).saveFreq(1);
    Optimizer adam = Adam.of(0.01);
    try (Sequential model = model(OptionalLong.empty(), adam, 5)) {
      seed[0] = model.seed();
      assertThatThrownBy(() -> model.fit(data(), fit.callbacks(breaks, backups)))
          .isInstanceOf(Broken.class);
    }
    try (Sequential resumed = model(OptionalLong.empty(), adam, 5);
        Sequential whole = model(OptionalLong.of(seed[0]), adam, 5)) {
      resumed.trainOnBatch(data()); // its functions hold the seed it has drawn
      resumed.fit(data(), fit.callbacks(backups));
      whole.fit(data(), fit);
      assertThat(resumed.seed()).isEqualTo(seed[0]);
      whole
          .getWeights()
          .forEach(
              (path, a) -> assertThat(resumed.weight(path).value().floats()).isEqualTo(a.floats()));
    }
  }

  @Test
  void a_backup_of_another_training_is_refused_with_both_lists() {
    Path backup = folder.resolve("backup");
    Fit fit =
        Fit.epochs(2)
            .batchSize(4)
            .callbacks(
                ReduceLROnPlateau.of("loss"), BackupAndRestore.of(backup).deleteCheckpoint(false));
    OptionalLong seed = OptionalLong.of(3);
    try (Sequential model = model(seed, Adam.of(0.01), 5)) {
      assertThat(model.fit(data(), fit).epochs()).containsExactly(0, 1);
    }
    refused(model(seed, Adam.of(0.01), 6), fit, "model/dense/kernel float32[3, 5]  -");
    refused(model(seed, SGD.of(0.01), 5), fit, "-  optimizer/SGD/iteration");
    refused(model(OptionalLong.of(4), Adam.of(0.01), 5), fit, "seed 3  -");
    refused(
        model(seed, Adam.of(0.01), 5),
        fit.batchSize(5),
        "data {batch size=4, steps an epoch=4, shuffle=true}");
    refused(
        model(seed, Adam.of(0.01), 5),
        fit.callbacks(BackupAndRestore.of(backup)),
        "callback/ReduceLROnPlateau 1/  -");
    try (Sequential model = model(seed, Adam.of(0.01), 5)) {
      History more =
          model.fit(
              data(),
              new Fit(
                  3,
                  4,
                  true,
                  fit.validation(),
                  0,
                  1,
                  fit.validationBatchSize(),
                  Map.of(),
                  0,
                  fit.callbacks()));
      assertThat(more.epochs()).containsExactly(2);
    }
  }

  private void refused(Sequential other, Fit fit, String row) {
    try (other) {
      Array before = other.weight("dense/kernel").value();
      assertThatThrownBy(() -> other.fit(data(), fit))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "backup " + folder.resolve("backup") + ": it is of another training; nothing was")
          .hasMessageContaining("in the training")
          .hasMessageEndingWith("To begin anew, delete the directory or choose another.")
          .satisfies(
              e ->
                  assertThat(String.valueOf(e.getMessage()).replaceAll(" {3,}", "  "))
                      .contains(row));
      assertThat(other.weight("dense/kernel").value().floats()).isEqualTo(before.floats());
    }
  }

  @Test
  void what_unfinished_writes_left_is_deleted_and_nothing_else() throws IOException {
    Path backup = Files.createDirectories(folder.resolve("backup"));
    Path other = Files.writeString(backup.resolve("weights.txt"), "mine");
    for (String left :
        new String[] {"weights-7.data-00000-of-00001.tempstate9", "weights-7.index"}) {
      Files.writeString(backup.resolve(left), "x");
    }
    try (Sequential model = model(OptionalLong.empty(), SGD.of(0.1), 2)) {
      model.fit(data(), Fit.epochs(1).callbacks(BackupAndRestore.of(backup)));
    }
    assertThat(backup.toFile().list()).containsExactly("weights.txt");
    assertThat(other).content().isEqualTo("mine");
    Checkpoint.delete(folder.resolve("absent"));
  }

  @Test
  void a_training_cannot_be_restored_once_it_runs() {
    Callback late = LambdaCallback.of().trainBatchEnd((t, batch) -> t.restore(t.snapshot()));
    try (Sequential model = model(OptionalLong.empty(), SGD.of(0.1), 2)) {
      assertThatThrownBy(() -> model.fit(data(), Fit.epochs(1).callbacks(late)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("restore: the training has begun; a callback restores it in onTrainBegin");
    }
  }
}
