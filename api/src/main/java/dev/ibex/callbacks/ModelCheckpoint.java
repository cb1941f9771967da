package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.SavedAs;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Saves the model after epochs, or after some number of steps, what was there being replaced in one
 * step. The path says how: {@code *.keras} and {@code *.h5} are whole models, as {@code Model.save}
 * writes them; {@code *.weights.h5}, {@code *.weights.json} and a directory with a TensorFlow
 * checkpoint, weights alone, as {@code Model.saveWeights} does.
 *
 * <p>The path may have fields: {@code {epoch:02d}}, counted from 1, figures of the logs such as
 * {@code {val_loss:.2f}}, and {@code {batch}}, counted from 1, where steps are counted. Without
 * fields each save replaces the one before.
 *
 * <p>The best figure is kept from one training to the next, as the saved weights are. Where only
 * the best is saved, epochs without validation save nothing. Source: {@code
 * keras.callbacks.ModelCheckpoint}; other than there, a figure that the logs never have is an
 * error, before the first step where arrays are trained on.
 */
public final class ModelCheckpoint implements Callback {
  private final Config config;
  private final PathTemplate path;
  private final Every every;
  private OptionalDouble best;
  private int epoch;

  /**
   * The options.
   *
   * @param path where to save
   * @param key the figure to watch
   * @param mode which figures are better
   * @param saveBestOnly whether only an improvement is saved
   * @param saveFreq after how many steps to save; 0 after each epoch
   * @param initialValueThreshold the figure that the first save must beat
   * @param saveWeightsOnly what the path must say; empty for either
   */
  public record Config(
      String path,
      String key,
      Mode mode,
      boolean saveBestOnly,
      int saveFreq,
      OptionalDouble initialValueThreshold,
      Optional<Boolean> saveWeightsOnly) {
    /** Checks the values. */
    public Config {
      Check.that(!path.isBlank(), "path: expected a file or a directory, got nothing");
      Check.that(saveFreq >= 0, "saveFreq: expected a positive integer, got %d", saveFreq);
    }
  }

  private ModelCheckpoint(Config config) {
    this.config = config;
    this.path = new PathTemplate(config.path);
    this.every = new Every(config.saveFreq);
    this.best = config.initialValueThreshold;
  }

  /** Returns a callback that saves after each epoch. */
  public static ModelCheckpoint of(String path) {
    return new ModelCheckpoint(
        new Config(
            path, "val_loss", Mode.AUTO, false, 0, OptionalDouble.empty(), Optional.empty()));
  }

  /** Sets the figure to watch where only the best is saved; default {@code val_loss}. */
  public ModelCheckpoint monitor(String key) {
    return with("key", key);
  }

  /** Sets which figures are better; default {@link Mode#AUTO}. */
  public ModelCheckpoint mode(Mode mode) {
    return with("mode", mode);
  }

  /** Sets whether only an improvement of the watched figure is saved; default false. */
  public ModelCheckpoint saveBestOnly(boolean on) {
    return with("saveBestOnly", on);
  }

  /** Sets after how many steps to save, counted over epochs; default after each epoch. */
  public ModelCheckpoint saveFreq(int steps) {
    return with("saveFreq", Check.positive("saveFreq", steps));
  }

  /** Sets the figure that the first save must beat where only the best is saved; default none. */
  public ModelCheckpoint initialValueThreshold(double value) {
    return with("initialValueThreshold", OptionalDouble.of(value));
  }

  /**
   * Says whether weights are saved and not the whole model; by default the path says so. A path
   * that says otherwise is refused before the first step.
   */
  public ModelCheckpoint saveWeightsOnly(boolean on) {
    return with("saveWeightsOnly", Optional.of(on));
  }

  private ModelCheckpoint with(String option, Object value) {
    return new ModelCheckpoint(Records.with(config, option, value));
  }

  /** Returns the options. */
  public Config config() {
    return config;
  }

  /** Returns the best figure so far where only the best is saved. */
  public OptionalDouble best() {
    return best;
  }

  private Monitor monitor() {
    return new Monitor(config.key, config.mode, 0);
  }

  @Override
  public void onTrainBegin(Training training) {
    if (!training.keys().isEmpty()) {
      check(training);
    }
    SavedAs as = training.savedAs(path.example());
    config.saveWeightsOnly.ifPresent(on -> check(on, as));
    training.checkSave(path.example(), as.isWhole());
    Folder.probe("ModelCheckpoint", path.root(as.isFile()));
  }

  private void check(boolean weightsOnly, SavedAs as) {
    Check.that(
        weightsOnly != as.isWhole(),
        weightsOnly
            ? "saveWeightsOnly: weights are saved as *.weights.h5, as *.weights.json or as a"
                + " directory, got %s"
            : "saveWeightsOnly: whole models are saved as *.keras or *.h5, got %s",
        config.path);
  }

  private void check(Training training) {
    Set<String> known = new LinkedHashSet<>(training.keys());
    if (config.saveFreq > 0) {
      known.removeIf(k -> k.startsWith("val_"));
      known.add("batch");
    }
    if (config.saveBestOnly) {
      monitor().check(training);
      Check.that(
          known.contains(config.key),
          "key: \"%s\" is known only after epochs, but steps are counted; watch one of %s",
          config.key,
          known);
    }
    known.add("epoch");
    path.check(known);
  }

  @Override
  public void onEpochBegin(Training training, int number) {
    epoch = number;
  }

  @Override
  public void onTrainBatchEnd(Training training, int batch) {
    if (every.full(batch)) {
      Map<String, Double> values = new LinkedHashMap<>(training.logs());
      values.put("batch", batch + 1.0);
      save(training, values);
    }
  }

  @Override
  public void onEpochEnd(Training training, int number, Map<String, Double> logs) {
    every.epochEnd();
    if (config.saveFreq == 0) {
      save(training, new LinkedHashMap<>(logs));
    }
  }

  private void save(Training training, Map<String, Double> values) {
    if (config.saveBestOnly) {
      OptionalDouble figure = monitor().value(training, values);
      if (figure.isEmpty() || !monitor().improved(training, figure.getAsDouble(), best)) {
        return;
      }
      best = figure;
    }
    values.put("epoch", epoch + 1.0);
    Path file = path.fill(values);
    training.save(file, training.savedAs(file).isWhole());
  }

  @Override
  public Map<String, Array> state() {
    return new State(every.state()).put("best", best).arrays();
  }

  @Override
  public void restore(Map<String, Array> state) {
    every.restore(state);
    best = new State(state).number("best");
  }
}
