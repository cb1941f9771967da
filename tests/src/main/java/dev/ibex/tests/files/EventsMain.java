package dev.ibex.tests.files;

import static dev.ibex.activations.Activations.RELU;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.callbacks.LambdaCallback;
import dev.ibex.callbacks.TensorBoard;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Trains with a log for TensorBoard: {@code DIRECTORY}. The counterpart of read_events.py. */
public final class EventsMain {
  private static final int EPOCHS = 3;
  private static final int UPDATE = 2;

  private final Map<String, Map<Long, Object>> train = new LinkedHashMap<>();
  private final Map<String, Map<Long, Object>> validation = new LinkedHashMap<>();
  private final Map<String, Map<Long, Object>> histograms = new LinkedHashMap<>();

  private EventsMain() {}

  /** Runs the training. */
  public static void main(String[] args) throws JsonProcessingException {
    System.out.println(
        new ObjectMapper().writeValueAsString(new EventsMain().train(Path.of(args[0]))));
  }

  private Map<String, Object> train(Path logs) {
    try (Sequential model =
        Sequential.of(
            Input.of(3),
            Dense.of(4).activation(RELU).named("hidden"),
            Dense.of(1).named("value"))) {
      model.seed(1).compile(Adam.of(0.01), MeanSquaredError.of(), Metrics.mae());
      int[] step = {0};
      LambdaCallback record =
          LambdaCallback.of()
              .trainBatchEnd((training, batch) -> step(training, ++step[0]))
              .epochEnd(this::epoch);
      TensorBoard board =
          TensorBoard.of(logs).histogramFreq(2).updateFreq(UPDATE).writeStepsPerSecond(true);
      Data data = data(20);
      model.fit(data, Fit.epochs(EPOCHS).batchSize(8).validation(data(5)).callbacks(board, record));
      return Map.of(
          "train",
          train,
          "validation",
          validation,
          "histograms",
          histograms,
          "layers",
          List.of("input_layer", "hidden", "value"),
          "nodes",
          List.of("hidden/kernel", "value/bias"),
          "speeds",
          Map.of("epoch_steps_per_second", EPOCHS, "batch_steps_per_second", step[0] / UPDATE));
    }
  }

  private static Data data(int samples) {
    Random random = new Random(samples);
    float[][] x = new float[samples][3];
    float[][] y = new float[samples][1];
    for (int i = 0; i < samples; i++) {
      for (int j = 0; j < 3; j++) {
        x[i][j] = random.nextFloat();
        y[i][0] += x[i][j];
      }
    }
    return Data.of(x, y);
  }

  private void step(Training training, long step) {
    if (step % UPDATE == 0) {
      training.logs().forEach((key, value) -> put(train, "batch_" + key, step, value));
    }
  }

  private void epoch(Training training, int epoch, Map<String, Double> logs) {
    logs.forEach(
        (key, value) -> {
          if (key.startsWith("val_")) {
            String plain = key.substring(4);
            put(validation, "epoch_" + plain, epoch, value);
            put(validation, "evaluation_" + plain + "_vs_iterations", training.iteration(), value);
          } else {
            put(train, "epoch_" + key, epoch, value);
          }
        });
    put(train, "epoch_learning_rate", epoch, training.learningRate());
    if (epoch % 2 == 0) {
      training
          .weights()
          .forEach((path, a) -> put(histograms, path + "/histogram", epoch, range(a)));
    }
  }

  /** Returns the least, the largest and the number of values. */
  private static List<Double> range(Array a) {
    float[] values = a.floats();
    Arrays.sort(values);
    return List.of((double) values[0], (double) values[values.length - 1], (double) values.length);
  }

  private static void put(
      Map<String, Map<Long, Object>> into, String tag, long step, Object value) {
    into.computeIfAbsent(tag, k -> new LinkedHashMap<>()).put(step, value);
  }
}
