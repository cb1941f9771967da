package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of (t - y)² along the last axis.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.MeanSquaredError}.
 *
 * @param options name, reduction, type
 */
public record MeanSquaredError(LossOptions options) implements ConfiguredLoss<MeanSquaredError> {
  /** Returns the loss with Keras's defaults. */
  public static MeanSquaredError of() {
    return new MeanSquaredError(LossOptions.of("mean_squared_error"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    return Tensors.mean(tf, tf.math.square(tf.math.sub(yTrue, yPred)), -1);
  }
}
