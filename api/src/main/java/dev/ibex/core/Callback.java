package dev.ibex.core;

import dev.ibex.graph.Array;
import java.util.Map;
import java.util.Set;

/**
 * Something that happens during {@code fit}; every method does nothing unless overridden.
 *
 * <p>Source: {@code keras.callbacks.Callback}.
 */
public interface Callback {
  /** Is called once before the first epoch. What is wrong with the callback is said here. */
  default void onTrainBegin(Training training) {}

  /**
   * Is called before each epoch, numbered from 0; once more for an epoch that a backup continues in
   * its middle.
   */
  default void onEpochBegin(Training training, int epoch) {}

  /**
   * Is called after each training step, numbered from 0 in its epoch; after every n-th and the last
   * one where the model is compiled with n steps per execution.
   */
  default void onTrainBatchEnd(Training training, int batch) {}

  /**
   * Is called after each epoch and its validation, with loss and metrics by key. What is put into
   * the logs is seen by the callbacks that follow and by the history; see {@link #figures}.
   */
  default void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {}

  /** Is called once after the last epoch. */
  default void onTrainEnd(Training training) {}

  /** Returns the keys of what it puts into the logs of each epoch; nothing by default. */
  default Set<String> figures() {
    return Set.of();
  }

  /** Returns whether it is called after all others at each event; not by default. */
  default boolean last() {
    return false;
  }

  /**
   * Returns what it must remember of the training so far, by name: part of a backup; nothing by
   * default.
   */
  default Map<String, Array> state() {
    return Map.of();
  }

  /**
   * Takes back what {@link #state} returned, when a training goes on from a backup; called after
   * {@link #onTrainBegin}.
   */
  default void restore(Map<String, Array> state) {}
}
