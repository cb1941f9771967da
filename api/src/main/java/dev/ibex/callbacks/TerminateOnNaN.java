package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Training;

/**
 * Ends a training whose loss is no finite number any more.
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
    Double loss = training.logs().get("loss");
    if (loss == null || Double.isFinite(loss)) {
      return;
    }
    if (raiseError) {
      throw new ArithmeticException(
          "the loss is "
              + loss
              + " after batch "
              + batch
              + "; try a smaller learning rate or clipped gradients, and look for such numbers in"
              + " the data");
    }
    training.stop();
  }
}
