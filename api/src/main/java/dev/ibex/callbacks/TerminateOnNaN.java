package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Training;
import java.util.Map;

/**
 * Ends a training whose loss is no finite number any more; of a training without a {@code loss},
 * such as one with a step of your own, any figure.
 *
 * <p>It reads the mean loss of the epoch after each step, which costs one small call of TensorFlow.
 * Without this callback a training goes on with such a loss. Source: {@code
 * keras.callbacks.TerminateOnNaN}.
 */
public final class TerminateOnNaN implements Callback {
  private final boolean raiseError;

  private TerminateOnNaN(boolean raiseError) {
    this.raiseError = raiseError;
  }

  /** Returns a callback that stops the training after such a step. */
  public static TerminateOnNaN of() {
    return new TerminateOnNaN(false);
  }

  /**
   * Sets whether {@code fit} ends with an {@link ArithmeticException} instead; default false. Then
   * nothing is called at the end of the training, and backups stay.
   */
  public TerminateOnNaN raiseError(boolean on) {
    return new TerminateOnNaN(on);
  }

  @Override
  public void onTrainBatchEnd(Training training, int batch) {
    Map<String, Double> logs = training.logs();
    String key =
        logs.containsKey("loss")
            ? "loss"
            : logs.keySet().stream()
                .filter(k -> !Double.isFinite(logs.getOrDefault(k, 0.0)))
                .findFirst()
                .orElse("");
    double value = logs.getOrDefault(key, 0.0);
    if (Double.isFinite(value)) {
      return;
    }
    if (raiseError) {
      throw new ArithmeticException(
          "the "
              + key
              + " is "
              + value
              + " after batch "
              + batch
              + "; try a smaller learning rate or clipped gradients, and look for such numbers in"
              + " the data");
    }
    training.stop();
  }
}
