package dev.ibex.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.core.Loss;
import dev.ibex.layers.Dense;
import dev.ibex.optimizers.SGD;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.Summary;

class TensorBoardTest {
  private static final Loss SQUARED = (tf, y, p) -> tf.math.squaredDifference(y, p);
  private static final Data DATA =
      Data.of(new float[][] {{1}, {2}, {3}, {4}, {5}}, new float[][] {{2}, {4}, {6}, {8}, {10}});

  @TempDir Path logs;

  /** Returns the events of all files of a directory, the oldest first. */
  private List<Event> events(String directory) throws IOException {
    List<Event> events = new ArrayList<>();
    try (Stream<Path> files = Files.list(logs.resolve(directory))) {
      for (Path file : files.sorted().toList()) {
        ByteBuffer records =
            ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (records.hasRemaining()) {
          byte[] content = new byte[(int) records.getLong()];
          records.position(records.position() + Integer.BYTES);
          records.get(content);
          records.position(records.position() + Integer.BYTES);
          events.add(Event.parseFrom(content));
        }
      }
    }
    return events;
  }

  /** Returns tag, step and, of figures, value of each event. */
  private List<String> lines(String directory) throws IOException {
    List<String> lines = new ArrayList<>();
    for (Event e : events(directory)) {
      if (e.hasGraphDef()) {
        lines.add("graph");
      }
      for (Summary.Value v : e.getSummary().getValueList()) {
        boolean figure = v.getMetadata().getPluginData().getPluginName().equals("scalars");
        String number =
            figure ? String.format(Locale.ROOT, " %.3f", v.getTensor().getFloatVal(0)) : "";
        lines.add(v.getTag() + " " + e.getStep() + number);
      }
    }
    return lines;
  }

  @Test
  void figures_of_epochs_go_to_two_directories_under_keras_tags() throws IOException {
    FakeTraining training = new FakeTraining(2, 3);
    TensorBoard board = TensorBoard.of(logs).writeGraph(false);
    board.onTrainBegin(training);
    for (int epoch = 0; epoch < 2; epoch++) {
      board.onEpochBegin(training, epoch);
      board.onTrainBatchEnd(training, 0);
      training.epochsRun++;
      board.onEpochEnd(training, epoch, Map.of("loss", 0.5 - epoch / 4.0, "val_loss", 1.0 + epoch));
      assertThat(lines("train")).as("flushed").hasSize(2 * epoch + 2);
    }
    board.onTrainEnd(training);
    assertThat(lines("train"))
        .containsExactly(
            "epoch_loss 0 0.500",
            "epoch_learning_rate 0 0.100",
            "epoch_loss 1 0.250",
            "epoch_learning_rate 1 0.100");
    assertThat(lines("validation"))
        .containsExactly(
            "evaluation_loss_vs_iterations 1 1.000",
            "epoch_loss 0 1.000",
            "evaluation_loss_vs_iterations 2 2.000",
            "epoch_loss 1 2.000");
  }

  @Test
  void a_learning_rate_that_is_in_the_logs_is_written_once() throws IOException {
    FakeTraining.run(TensorBoard.of(logs).writeGraph(false), "learning_rate", 0.5);
    assertThat(lines("train")).containsExactly("epoch_learning_rate 0 0.100");
  }

  @Test
  void figures_of_steps_are_written_every_so_many_steps_over_all_epochs() throws IOException {
    FakeTraining training = new FakeTraining(2, 3);
    training.logs.put("loss", 0.75);
    TensorBoard board = TensorBoard.of(logs).writeGraph(false).updateFreq(2);
    board.onTrainBegin(training);
    for (int epoch = 0; epoch < 2; epoch++) {
      board.onEpochBegin(training, epoch);
      for (int batch = 0; batch < 3; batch++) {
        board.onTrainBatchEnd(training, batch);
      }
    }
    assertThat(lines("train"))
        .containsExactly("batch_loss 2 0.750", "batch_loss 4 0.750", "batch_loss 6 0.750");
    assertThat(training.logsRead).isEqualTo(3);
    board.onTrainEnd(training);
  }

  @Test
  void a_model_writes_layers_graph_histograms_and_speed() throws IOException {
    try (Sequential model = Sequential.of(Input.of(1), Dense.of(1).named("line"))) {
      model.seed(1).compile(SGD.of(0.01), SQUARED);
      model.fit(
          DATA,
          Fit.epochs(3)
              .batchSize(2)
              .callbacks(
                  TensorBoard.of(logs).histogramFreq(2).updateFreq(3).writeStepsPerSecond(true)));
    }
    assertThat(lines("train").stream().map(l -> l.replaceAll("( \\d+) .*", "$1")))
        .containsExactly(
            "keras 0",
            "graph",
            "batch_steps_per_second 3",
            "batch_loss 3",
            "epoch_loss 0",
            "epoch_learning_rate 0",
            "epoch_steps_per_second 0",
            "line/kernel/histogram 0",
            "line/bias/histogram 0",
            "batch_steps_per_second 6",
            "batch_loss 6",
            "epoch_loss 1",
            "epoch_learning_rate 1",
            "epoch_steps_per_second 1",
            "batch_steps_per_second 9",
            "batch_loss 9",
            "epoch_loss 2",
            "epoch_learning_rate 2",
            "epoch_steps_per_second 2",
            "line/kernel/histogram 2",
            "line/bias/histogram 2");
    List<Event> events = events("train");
    assertThat(events.get(1).getSummary().getValue(0).getTensor().getStringVal(0).toStringUtf8())
        .startsWith("{\"module\":\"keras\",\"class_name\":\"Sequential\"");
    assertThat(GraphDef.parseFrom(events.get(2).getGraphDef()).getNodeList())
        .anySatisfy(n -> assertThat(n.getName()).isEqualTo("line/kernel"))
        .anySatisfy(n -> assertThat(n.getOp()).isEqualTo("ResourceApplyGradientDescent"));
  }

  @Test
  void a_model_that_no_file_can_hold_has_no_layers_but_a_graph() throws IOException {
    try (Sequential model =
        Sequential.of(Input.of(1), Dense.of(1).activation((tf, x) -> tf.math.neg(x)))) {
      model.compile(SGD.of(0.01), SQUARED);
      model.fit(DATA, Fit.epochs(1).callbacks(TensorBoard.of(logs)));
    }
    assertThat(lines("train")).startsWith("graph").noneMatch(l -> l.startsWith("keras"));
  }

  @Test
  void a_second_training_adds_files_and_counts_its_steps_anew() throws IOException {
    TensorBoard board = TensorBoard.of(logs).writeGraph(false).updateFreq(1);
    for (int i = 0; i < 2; i++) {
      FakeTraining training = new FakeTraining(1, 1);
      training.logs.put("loss", (double) i);
      board.onTrainBegin(training);
      board.onTrainBatchEnd(training, 0);
      board.onTrainEnd(training);
    }
    assertThat(lines("train")).containsExactly("batch_loss 1 0.000", "batch_loss 1 1.000");
  }

  @Test
  void a_log_directory_that_cannot_be_written_stops_the_training_before_its_first_step()
      throws IOException {
    for (String directory : List.of("train", "validation")) {
      Path here = Files.createDirectory(logs.resolve("for_" + directory));
      Files.writeString(here.resolve(directory), "a file", StandardCharsets.UTF_8);
      try (Sequential model = Sequential.of(Input.of(1), Dense.of(1))) {
        model.compile(SGD.of(0.01), SQUARED);
        Fit fit = Fit.epochs(1).validation(DATA).callbacks(TensorBoard.of(here));
        assertThatThrownBy(() -> model.fit(DATA, fit))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageStartingWith("event directory " + here.resolve(directory) + " cannot");
        assertThat(model.optimizerVariables().get(0).value().longs()).containsExactly(0);
      }
    }
  }

  @Test
  void senseless_options_are_refused() {
    assertThatThrownBy(() -> TensorBoard.of(logs).histogramFreq(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("histogramFreq: expected at least 0, got -1");
    assertThatThrownBy(() -> TensorBoard.of(logs).updateFreq(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("updateFreq: ");
  }
}
