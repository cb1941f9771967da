package dev.ibex;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import java.util.List;
import java.util.Optional;

/**
 * How to train.
 *
 * @param epochs how often the data is gone through
 * @param batchSize samples in a step; default 32
 * @param shuffle whether the samples are put in a new order each epoch; default true
 * @param validation data to evaluate after each epoch; default none
 * @param callbacks what else happens; default nothing
 */
public record Fit(
    int epochs,
    int batchSize,
    boolean shuffle,
    Optional<Data> validation,
    List<Callback> callbacks) {
  /** Checks the values. */
  public Fit {
    Check.positive("epochs", epochs);
    Check.positive("batchSize", batchSize);
    callbacks = List.copyOf(callbacks);
  }

  /** Returns a training of some epochs with Keras's defaults. */
  public static Fit epochs(int epochs) {
    return new Fit(epochs, 32, true, Optional.empty(), List.of());
  }

  /** Returns this training with another batch size. */
  public Fit batchSize(int size) {
    return new Fit(epochs, size, shuffle, validation, callbacks);
  }

  /** Returns this training with or without shuffling. */
  public Fit shuffle(boolean on) {
    return new Fit(epochs, batchSize, on, validation, callbacks);
  }

  /** Returns this training with data to evaluate after each epoch. */
  public Fit validation(Data data) {
    return new Fit(epochs, batchSize, shuffle, Optional.of(data), callbacks);
  }

  /** Returns this training with these callbacks in place of others, called in this order. */
  public Fit callbacks(Callback... callbacks) {
    return new Fit(epochs, batchSize, shuffle, validation, List.of(callbacks));
  }
}
