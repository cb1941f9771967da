package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Reduces the learning rate when a figure of the logs has stopped improving.
 *
 * <p>After {@code patience} epochs without improvement the rate is multiplied by {@code factor},
 * down to {@code minLr}; the {@code cooldown} epochs that follow are not counted. Adds {@code
 * learning_rate}, that of the epoch which ended, to the logs. Refused beside several optimizers, or
 * one whose rate a schedule sets.
 *
 * <p>One object may serve several trainings one after the other, each of which starts anew. Source:
 * {@code keras.callbacks.ReduceLROnPlateau}; figures that are missing are treated as by {@link
 * EarlyStopping}.
 */
public final class ReduceLROnPlateau implements Callback {
  private final Config config;
  private OptionalDouble best = OptionalDouble.empty();
  private int wait;
  private int cooling;

  /**
   * The options.
   *
   * @param key the figure to watch
   * @param factor what the rate is multiplied by
   * @param patience how many epochs without improvement reduce the rate
   * @param mode which figures are better
   * @param minDelta the change above which a better figure counts as improvement; its sign does not
   *     matter
   * @param cooldown how many epochs after a reduction are not counted
   * @param minLr the least rate
   */
  public record Config(
      String key,
      double factor,
      int patience,
      Mode mode,
      double minDelta,
      int cooldown,
      double minLr) {
    /** Checks the values. */
    public Config {
      Check.decay("factor", factor);
      Check.that(patience >= 0, "patience: expected at least 0, got %d", patience);
      minDelta = Math.abs(minDelta);
      Check.that(cooldown >= 0, "cooldown: expected at least 0, got %d", cooldown);
      Check.atLeastZero("minLr", minLr);
    }
  }

  private ReduceLROnPlateau(Config config) {
    this.config = config;
  }

  /**
   * Returns a callback that divides the learning rate by 10 after 10 epochs without improvement.
   *
   * @param key the figure to watch, such as {@code val_loss}
   */
  public static ReduceLROnPlateau of(String key) {
    return new ReduceLROnPlateau(new Config(key, 0.1, 10, Mode.AUTO, 1e-4, 0, 0));
  }

  /** Sets what the rate is multiplied by, at least 0 and below 1; default 0.1. */
  public ReduceLROnPlateau factor(double factor) {
    return with("factor", factor);
  }

  /** Sets how many epochs without improvement reduce the rate; default 10; 0 acts as 1. */
  public ReduceLROnPlateau patience(int epochs) {
    return with("patience", epochs);
  }

  /** Sets which figures are better; default {@link Mode#AUTO}. */
  public ReduceLROnPlateau mode(Mode mode) {
    return with("mode", mode);
  }

  /** Sets the change above which a better figure counts as improvement; default 0.0001. */
  public ReduceLROnPlateau minDelta(double change) {
    return with("minDelta", change);
  }

  /** Sets how many epochs after a reduction are not counted; default 0. */
  public ReduceLROnPlateau cooldown(int epochs) {
    return with("cooldown", epochs);
  }

  /** Sets the least rate; default 0. */
  public ReduceLROnPlateau minLr(double rate) {
    return with("minLr", rate);
  }

  private ReduceLROnPlateau with(String option, Object value) {
    return new ReduceLROnPlateau(Records.with(config, option, value));
  }

  /** Returns the options. */
  public Config config() {
    return config;
  }

  private Monitor monitor() {
    return new Monitor(config.key, config.mode, config.minDelta);
  }

  @Override
  public void onTrainBegin(Training training) {
    monitor().check(training);
    training.learningRate(training.learningRate()); // refused here and not after some epochs
    best = OptionalDouble.empty();
    wait = 0;
    cooling = 0;
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    logs.put("learning_rate", training.learningRate());
    OptionalDouble figure = monitor().value(training, logs);
    if (figure.isEmpty()) {
      return;
    }
    if (cooling > 0) {
      cooling--;
      wait = 0;
    }
    if (monitor().improved(training, figure.getAsDouble(), best)) {
      best = figure;
      wait = 0;
    } else if (cooling == 0) {
      wait++;
      if (wait >= config.patience) {
        reduce(training);
      }
    }
  }

  private void reduce(Training training) {
    double rate = training.learningRate();
    if (rate > (float) config.minLr) {
      training.learningRate(Math.max(rate * config.factor, config.minLr));
      cooling = config.cooldown;
      wait = 0;
    }
  }

  @Override
  public Set<String> figures() {
    return Set.of("learning_rate");
  }

  @Override
  public Map<String, Array> state() {
    return new State().put("best", best).put("wait", wait).put("cooling", cooling).arrays();
  }

  @Override
  public void restore(Map<String, Array> arrays) {
    State state = new State(arrays);
    best = state.number("best");
    wait = state.integer("wait");
    cooling = state.integer("cooling");
  }
}
