package dev.ibex.core;

import java.util.Map;

/**
 * Something that happens during {@code fit}; every method does nothing unless overridden.
 *
 * <p>Source: {@code keras.callbacks.Callback}.
 */
public interface Callback {
  /** Is called once before the first epoch. */
  default void onTrainBegin(Training training) {}

  /** Is called before each epoch, numbered from 0. */
  default void onEpochBegin(Training training, int epoch) {}

  /** Is called after each training step, numbered from 0 in its epoch. */
  default void onTrainBatchEnd(Training training, int batch) {}

  /** Is called after each epoch and its validation, with loss and metrics by key. */
  default void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {}

  /** Is called once after the last epoch. */
  default void onTrainEnd(Training training) {}
}
