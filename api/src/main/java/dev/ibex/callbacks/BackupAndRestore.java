package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import dev.ibex.graph.Checkpoint;
import java.nio.file.Path;
import java.util.Map;

/**
 * Lets a training that was interrupted, at any point and in any way, go on: the same program
 * started again ends with the same weights, bit for bit, as if nothing had happened.
 *
 * <p>A backup holds the weights, the state of the optimizer, the model's seed, the position, the
 * figures of the running epoch and the state of the other callbacks; it replaces the one before in
 * one step. A fit that finds one goes on from it, and its history begins there; a model whose seed
 * was not set takes over the backup's. At the end of a training its backup is deleted. The
 * directory serves one training at a time and nothing else.
 *
 * <p>Called after all other callbacks. A callback of your own takes part by {@link Callback#state}.
 * Source: {@code keras.callbacks.BackupAndRestore}; backups are whole at any time, so there is no
 * {@code double_checkpoint}.
 */
public final class BackupAndRestore implements Callback {
  private final Config config;
  private final Every every;

  /**
   * The options.
   *
   * @param directory where the backup is
   * @param saveFreq after how many steps to write one; 0 after each epoch
   * @param deleteCheckpoint whether it is deleted at the end of the training
   */
  public record Config(Path directory, int saveFreq, boolean deleteCheckpoint) {
    /** Checks the values. */
    public Config {
      Check.that(saveFreq >= 0, "saveFreq: expected a positive integer, got %d", saveFreq);
    }
  }

  private BackupAndRestore(Config config) {
    this.config = config;
    this.every = new Every(config.saveFreq);
  }

  /** Returns a callback that writes a backup after each epoch. */
  public static BackupAndRestore of(Path directory) {
    return new BackupAndRestore(new Config(directory, 0, true));
  }

  /** Returns a callback that writes a backup after each epoch. */
  public static BackupAndRestore of(String directory) {
    return of(Path.of(directory));
  }

  /** Sets after how many steps to write a backup, counted over epochs; default each epoch. */
  public BackupAndRestore saveFreq(int steps) {
    return with("saveFreq", Check.positive("saveFreq", steps));
  }

  /**
   * Sets whether the backup is deleted at the end of the training; default true. Where it stays,
   * the same training finds itself at its end, and more epochs go on from there, unless a callback
   * had stopped it.
   */
  public BackupAndRestore deleteCheckpoint(boolean on) {
    return with("deleteCheckpoint", on);
  }

  private BackupAndRestore with(String option, Object value) {
    return new BackupAndRestore(Records.with(config, option, value));
  }

  /** Returns the options. */
  public Config config() {
    return config;
  }

  @Override
  public boolean last() {
    return true;
  }

  /**
   * Goes on from a backup if there is one.
   *
   * @throws IllegalArgumentException if it is of another model, optimizer, data or seed, or of
   *     other callbacks with a state; the text lists both
   */
  @Override
  public void onTrainBegin(Training training) {
    Folder.probe("BackupAndRestore", config.directory);
    if (!Checkpoint.exists(config.directory)) {
      return;
    }
    try {
      training.restore(Checkpoint.read(config.directory));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "backup "
              + config.directory
              + ": "
              + e.getMessage()
              + "\nTo begin anew, delete the directory or choose another.",
          e);
    }
  }

  @Override
  public void onTrainBatchEnd(Training training, int batch) {
    if (every.full(batch)) {
      Checkpoint.write(config.directory, training.snapshot());
    }
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    every.epochEnd();
    if (config.saveFreq == 0) {
      Checkpoint.write(config.directory, training.snapshot());
    }
  }

  @Override
  public void onTrainEnd(Training training) {
    if (config.deleteCheckpoint) {
      Checkpoint.delete(config.directory);
    }
  }

  @Override
  public Map<String, Array> state() {
    return every.state();
  }

  @Override
  public void restore(Map<String, Array> state) {
    every.restore(state);
  }
}
