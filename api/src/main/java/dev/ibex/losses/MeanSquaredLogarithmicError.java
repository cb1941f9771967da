package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of (log(1 + y) - log(1 + t))² along the last axis; t and y are at least 1e-7.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.MeanSquaredLogarithmicError}.
 *
 * @param options name, reduction, type
 */
public record MeanSquaredLogarithmicError(LossOptions options)
    implements ConfiguredLoss<MeanSquaredLogarithmicError> {
  /** Returns the loss with Keras's defaults. */
  public static MeanSquaredLogarithmicError of() {
    return new MeanSquaredLogarithmicError(LossOptions.of("mean_squared_logarithmic_error"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> difference = tf.math.sub(log(tf, yPred), log(tf, yTrue));
    return Tensors.mean(tf, tf.math.square(difference), -1);
  }

  private static Operand<TNumber> log(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> positive = tf.math.maximum(x, Tensors.number(tf, x, Crossentropies.EPSILON));
    return tf.math.log(tf.math.add(positive, Tensors.number(tf, x, 1)));
  }
}
