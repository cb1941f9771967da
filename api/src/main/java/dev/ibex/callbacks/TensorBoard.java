package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.Training;
import dev.ibex.graph.EventFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes the course of a training for TensorBoard: {@code tensorboard --logdir logs}.
 *
 * <p>The log directory gets a file of events in {@code train}, and one in {@code validation} where
 * there is validation data:
 *
 * <ul>
 *   <li>after each epoch {@code epoch_<key>} of loss, metrics and learning rate in both, at the
 *       epoch's number from 0; in {@code validation} also {@code evaluation_<key>_vs_iterations} at
 *       the number of steps done;
 *   <li>{@code batch_<key>}, {@code <weight>/histogram}, {@code epoch_steps_per_second} and {@code
 *       batch_steps_per_second} as the options say;
 *   <li>the layers ({@code keras}) before, and TensorFlow's graph after the first step; not the
 *       layers of a model with parts that no file can hold, such as lambdas.
 * </ul>
 *
 * <p>What an epoch wrote survives a killed process. One object may serve several trainings one
 * after the other, each of which adds files of its own; not two at once. Source: {@code
 * keras.callbacks.TensorBoard}; other than there, {@code updateFreq} does not thin out the figures
 * of epochs, histograms need no validation data, and TensorFlow's graph is written.
 */
public final class TensorBoard implements Callback {
  private static final String VALIDATION = "val_";

  private final Config config;
  private Optional<EventFile> train = Optional.empty();
  private Optional<EventFile> validation = Optional.empty();
  private boolean graphWritten;
  private int steps;
  private long epochBegin;
  private long stepBegin;
  private int epochSteps;

  /**
   * The options.
   *
   * @param logDir the log directory
   * @param histogramFreq after how many epochs each histograms of the weights are written; 0 for
   *     never
   * @param writeGraph whether layers and graph are written
   * @param updateFreq after how many steps each loss and metrics of the epoch so far are written;
   *     empty for never
   * @param writeStepsPerSecond whether the speed is written
   */
  public record Config(
      Path logDir,
      int histogramFreq,
      boolean writeGraph,
      OptionalInt updateFreq,
      boolean writeStepsPerSecond) {
    /** Checks the values. */
    public Config {
      Check.that(histogramFreq >= 0, "histogramFreq: expected at least 0, got %d", histogramFreq);
      updateFreq.ifPresent(n -> Check.positive("updateFreq", n));
    }
  }

  private TensorBoard(Config config) {
    this.config = config;
  }

  /** Returns a callback that writes figures by epoch, layers and graph. */
  public static TensorBoard of(Path logDir) {
    return new TensorBoard(new Config(logDir, 0, true, OptionalInt.empty(), false));
  }

  /** Sets after how many epochs each histograms of the weights are written; default 0: never. */
  public TensorBoard histogramFreq(int epochs) {
    return with("histogramFreq", epochs);
  }

  /** Sets whether layers and graph are written; default true. */
  public TensorBoard writeGraph(boolean on) {
    return with("writeGraph", on);
  }

  /**
   * Sets after how many steps each loss and metrics of the epoch so far are written, beside those
   * of the epochs; default never. Reading them costs about as much as a small step.
   */
  public TensorBoard updateFreq(int steps) {
    return with("updateFreq", OptionalInt.of(steps));
  }

  /**
   * Sets whether the steps a second are written, of each epoch and where {@link #updateFreq} is set
   * of those steps; default false.
   */
  public TensorBoard writeStepsPerSecond(boolean on) {
    return with("writeStepsPerSecond", on);
  }

  private TensorBoard with(String option, Object value) {
    return new TensorBoard(Records.with(config, option, value));
  }

  /** Returns the options. */
  public Config config() {
    return config;
  }

  /**
   * Opens the file of the training.
   *
   * @throws java.io.UncheckedIOException if the log directory cannot be written
   */
  @Override
  public void onTrainBegin(Training training) {
    close();
    train = Optional.of(EventFile.create(config.logDir.resolve("train")));
    graphWritten = false;
    steps = 0;
    epochSteps = 0;
    if (config.writeGraph) {
      EventFile file = train.get();
      training.json().ifPresent(json -> file.text("keras", 0, "graph_keras_model", "1", json));
      file.flush();
    }
    if (Files.exists(config.logDir.resolve("validation"))) {
      openValidation(); // another training's: an error is due now and not after an epoch
    }
  }

  private EventFile openValidation() {
    EventFile file =
        validation.orElseGet(() -> EventFile.create(config.logDir.resolve("validation")));
    validation = Optional.of(file);
    return file;
  }

  @Override
  public void onEpochBegin(Training training, int epoch) {
    epochBegin = System.nanoTime();
    stepBegin = epochBegin;
    epochSteps = 0;
  }

  @Override
  public void onTrainBatchEnd(Training training, int batch) {
    int done = batch + 1 - epochSteps; // more than one, where a model runs several per execution
    int before = steps;
    steps += done;
    epochSteps = batch + 1;
    EventFile file = train.orElseThrow();
    if (config.writeGraph && !graphWritten) {
      file.graph(training.graph());
      graphWritten = true;
    }
    int every = config.updateFreq.orElse(Integer.MAX_VALUE);
    if (steps / every > before / every) {
      if (config.writeStepsPerSecond) {
        file.scalar("batch_steps_per_second", steps, done / secondsSince(stepBegin));
      }
      training.logs().forEach((key, value) -> file.scalar("batch_" + key, steps, value));
      file.flush();
    }
    stepBegin = System.nanoTime();
  }

  private static double secondsSince(long nanoTime) {
    return Math.max(1, System.nanoTime() - nanoTime) / 1e9;
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    EventFile file = train.orElseThrow();
    Map<String, Double> figures = new LinkedHashMap<>(logs);
    figures.putAll(training.learningRates());
    if (config.writeStepsPerSecond) {
      figures.put("steps_per_second", epochSteps / secondsSince(epochBegin));
    }
    figures.forEach(
        (key, value) -> {
          if (key.startsWith(VALIDATION)) {
            String plain = key.substring(VALIDATION.length());
            EventFile other = openValidation();
            other.scalar("evaluation_" + plain + "_vs_iterations", training.iteration(), value);
            other.scalar("epoch_" + plain, epoch, value);
          } else {
            file.scalar("epoch_" + key, epoch, value);
          }
        });
    if (config.histogramFreq > 0 && epoch % config.histogramFreq == 0) {
      training
          .weights()
          .forEach((path, value) -> file.histogram(path + "/histogram", epoch, value));
    }
    file.flush();
    validation.ifPresent(EventFile::flush);
  }

  @Override
  public void onTrainEnd(Training training) {
    close();
  }

  private void close() {
    train.ifPresent(EventFile::close);
    validation.ifPresent(EventFile::close);
    train = Optional.empty();
    validation = Optional.empty();
  }
}
