package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Ends a training when a figure of its logs has stopped improving.
 *
 * <p>An epoch improves where its figure is better than the best so far; the first one always does.
 * The training ends when {@code patience} epochs have passed without improvement.
 *
 * <p>One object may serve several trainings one after the other, each of which starts anew; not two
 * at once. Source: {@code keras.callbacks.EarlyStopping}; other than there, a figure that the logs
 * never have is an error, before the first step where arrays are trained on. Epochs without
 * validation, between those of {@code Fit.validationFrequency}, do not count.
 */
public final class EarlyStopping implements Callback {
  private final Config config;
  private OptionalDouble best = OptionalDouble.empty();
  private OptionalInt bestEpoch = OptionalInt.empty();
  private OptionalInt stoppedEpoch = OptionalInt.empty();
  private Map<String, Array> bestWeights = Map.of();
  private int wait;

  /**
   * The options.
   *
   * @param key the figure to watch
   * @param patience how many epochs without improvement end the training
   * @param minDelta the change above which a better figure counts as improvement; its sign does not
   *     matter
   * @param mode which figures are better
   * @param baseline a figure that an epoch must beat, too, to be waited for anew
   * @param restoreBestWeights whether the model gets back the weights of its best epoch
   * @param startFromEpoch the first epoch, from 0, whose figure is looked at
   */
  public record Config(
      String key,
      int patience,
      double minDelta,
      Mode mode,
      OptionalDouble baseline,
      boolean restoreBestWeights,
      int startFromEpoch) {
    /** Checks the values. */
    public Config {
      Check.that(patience >= 0, "patience: expected at least 0, got %d", patience);
      minDelta = Math.abs(minDelta);
      Check.that(
          startFromEpoch >= 0, "startFromEpoch: expected at least 0, got %d", startFromEpoch);
    }
  }

  private EarlyStopping(Config config) {
    this.config = config;
  }

  /**
   * Returns a callback that ends a training at the first epoch without improvement.
   *
   * @param key the figure to watch, such as {@code val_loss}
   */
  public static EarlyStopping of(String key) {
    return new EarlyStopping(new Config(key, 0, 0, Mode.AUTO, OptionalDouble.empty(), false, 0));
  }

  /** Sets how many epochs without improvement end the training; default 0, which acts as 1. */
  public EarlyStopping patience(int epochs) {
    return with("patience", epochs);
  }

  /** Sets the change above which a better figure counts as improvement; default 0. */
  public EarlyStopping minDelta(double change) {
    return with("minDelta", change);
  }

  /** Sets which figures are better; default {@link Mode#AUTO}. */
  public EarlyStopping mode(Mode mode) {
    return with("mode", mode);
  }

  /** Sets a figure that an epoch must beat, too, to be waited for anew; default none. */
  public EarlyStopping baseline(double value) {
    return with("baseline", OptionalDouble.of(value));
  }

  /**
   * Sets whether the model gets back the weights of its best epoch when the training ends, early or
   * not; default false.
   */
  public EarlyStopping restoreBestWeights(boolean on) {
    return with("restoreBestWeights", on);
  }

  /** Sets the first epoch, from 0, whose figure is looked at; default 0. */
  public EarlyStopping startFromEpoch(int epoch) {
    return with("startFromEpoch", epoch);
  }

  private EarlyStopping with(String option, Object value) {
    return new EarlyStopping(Records.with(config, option, value));
  }

  /** Returns the options. */
  public Config config() {
    return config;
  }

  /** Returns the best figure of the last training; none before its first epoch. */
  public OptionalDouble best() {
    return best;
  }

  /** Returns the epoch, from 0, of the best figure of the last training. */
  public OptionalInt bestEpoch() {
    return bestEpoch;
  }

  /** Returns the epoch, from 0, after which the last training was ended; none if it was not. */
  public OptionalInt stoppedEpoch() {
    return stoppedEpoch;
  }

  private Monitor monitor() {
    return new Monitor(config.key, config.mode, config.minDelta);
  }

  @Override
  public void onTrainBegin(Training training) {
    monitor().check(training);
    restore(new State().put("wait", 0).arrays());
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    OptionalDouble figure = monitor().value(training, logs);
    if (figure.isEmpty() || epoch < config.startFromEpoch) {
      return;
    }
    double value = figure.getAsDouble();
    wait++;
    if (monitor().improved(training, value, best)) {
      best = figure;
      bestEpoch = OptionalInt.of(epoch);
      if (config.restoreBestWeights) {
        bestWeights = training.weights();
      }
      if (monitor().improved(training, value, config.baseline)) {
        wait = 0;
      }
    } else if (wait >= config.patience) {
      stoppedEpoch = OptionalInt.of(epoch);
      training.stop();
    }
  }

  @Override
  public Map<String, Array> state() {
    return new State()
        .put("wait", wait)
        .put("best", best)
        .put("best epoch", bestEpoch)
        .put("stopped epoch", stoppedEpoch)
        .put("best weights", bestWeights)
        .arrays();
  }

  @Override
  public void restore(Map<String, Array> arrays) {
    State state = new State(arrays);
    wait = state.integer("wait");
    best = state.number("best");
    bestEpoch = state.epoch("best epoch");
    stoppedEpoch = state.epoch("stopped epoch");
    bestWeights = state.all("best weights");
  }

  @Override
  public void onTrainEnd(Training training) {
    if (config.restoreBestWeights) {
      training.weights(bestWeights);
      bestWeights = Map.of();
    }
  }
}
