package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Sets the learning rate before each epoch: {@code LearningRateScheduler.of((epoch, rate) -> epoch
 * < 10 ? rate : rate * 0.9)}.
 *
 * <p>Adds {@code learning_rate} to the logs. Refused beside several optimizers, or one whose rate a
 * schedule sets. Source: {@code keras.callbacks.LearningRateScheduler}.
 */
public final class LearningRateScheduler implements Callback {
  private final Rates rates;
  private OptionalInt set = OptionalInt.empty();

  /** A learning rate for each epoch. */
  @FunctionalInterface
  public interface Rates {
    /** Returns the rate of an epoch, counted from 0, whose predecessor had the given one. */
    double rate(int epoch, double rate);
  }

  private LearningRateScheduler(Rates rates) {
    this.rates = rates;
  }

  /** Returns a callback that asks a function for the rates. */
  public static LearningRateScheduler of(Rates rates) {
    return new LearningRateScheduler(rates);
  }

  @Override
  public void onTrainBegin(Training training) {
    set = OptionalInt.empty();
    training.learningRate(training.learningRate()); // refused here and not after an epoch
  }

  @Override
  public void onEpochBegin(Training training, int epoch) {
    if (set.isPresent() && set.getAsInt() == epoch) {
      return; // a backup continues the epoch
    }
    double rate = rates.rate(epoch, training.learningRate());
    training.learningRate(Check.atLeastZero("rate of epoch " + epoch, rate));
    set = OptionalInt.of(epoch);
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    logs.put("learning_rate", training.learningRate());
  }

  @Override
  public Set<String> figures() {
    return Set.of("learning_rate");
  }

  @Override
  public Map<String, Array> state() {
    return new State().put("set", set).arrays();
  }

  @Override
  public void restore(Map<String, Array> state) {
    set = new State(state).epoch("set");
  }
}
