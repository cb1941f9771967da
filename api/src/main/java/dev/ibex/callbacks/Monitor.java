package dev.ibex.callbacks;

import dev.ibex.core.Training;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A watched figure.
 *
 * @param key its key in the logs
 * @param mode which values are better
 * @param minDelta the change above which a better value counts
 */
record Monitor(String key, Mode mode, double minDelta) {
  /** Refuses a key that the logs will not have, as far as that is known before the first step. */
  void check(Training training) {
    if (!training.keys().isEmpty() && !training.keys().contains(key)) {
      throw unknown(training.keys());
    }
  }

  /** Returns the value; none in an epoch without validation, where only others have it. */
  OptionalDouble value(Training training, Map<String, Double> logs) {
    Double value = logs.get(key);
    if (value != null) {
      return OptionalDouble.of(value);
    }
    if (!training.keys().contains(key)) {
      throw unknown(logs.keySet());
    }
    return OptionalDouble.empty();
  }

  private IllegalArgumentException unknown(Collection<String> there) {
    return new IllegalArgumentException(
        "key: there is no \""
            + key
            + "\" to watch; there are "
            + there
            + (key.startsWith("val_") ? "; val_… comes from Fit.validation(data)" : ""));
  }

  /** Compares in float32, where 0.7 is not better than 0.8 by more than 0.1. */
  boolean improved(Training training, double value, OptionalDouble than) {
    if (than.isEmpty()) {
      return true;
    }
    boolean larger = mode == Mode.MAX || (mode == Mode.AUTO && training.largerIsBetter(key));
    return larger
        ? (float) (value - minDelta) > (float) than.getAsDouble()
        : (float) (value + minDelta) < (float) than.getAsDouble();
  }
}
