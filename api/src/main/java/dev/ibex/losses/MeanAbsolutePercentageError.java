package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * 100 times the mean of |t - y| / max(|t|, 1e-7) along the last axis.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.MeanAbsolutePercentageError}.
 *
 * @param options name, reduction, type
 */
public record MeanAbsolutePercentageError(LossOptions options)
    implements ConfiguredLoss<MeanAbsolutePercentageError> {
  /** Returns the loss with Keras's defaults. */
  public static MeanAbsolutePercentageError of() {
    return new MeanAbsolutePercentageError(LossOptions.of("mean_absolute_percentage_error"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> size =
        tf.math.maximum(tf.math.abs(yTrue), Tensors.number(tf, yTrue, Crossentropies.EPSILON));
    Operand<TNumber> share = tf.math.abs(tf.math.div(tf.math.sub(yTrue, yPred), size));
    return Tensors.times(tf, Tensors.mean(tf, share, -1), 100);
  }
}
