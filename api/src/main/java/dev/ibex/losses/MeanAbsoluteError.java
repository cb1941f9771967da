package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of |t - y| along the last axis.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.MeanAbsoluteError}.
 *
 * @param options name, reduction, type
 */
public record MeanAbsoluteError(LossOptions options) implements ConfiguredLoss<MeanAbsoluteError> {
  /** Returns the loss with Keras's defaults. */
  public static MeanAbsoluteError of() {
    return new MeanAbsoluteError(LossOptions.of("mean_absolute_error"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    return Tensors.mean(tf, tf.math.abs(tf.math.sub(yTrue, yPred)), -1);
  }
}
