package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of log(cosh(y - t)) along the last axis.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.LogCosh}.
 *
 * @param options name, reduction, type
 */
public record LogCosh(LossOptions options) implements ConfiguredLoss<LogCosh> {
  /** Returns the loss with Keras's defaults. */
  public static LogCosh of() {
    return new LogCosh(LossOptions.of("log_cosh"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> error = tf.math.sub(yPred, yTrue);
    Operand<TNumber> curve = tf.math.add(error, tf.math.softplus(Tensors.times(tf, error, -2)));
    return Tensors.mean(tf, tf.math.sub(curve, Tensors.number(tf, error, Math.log(2))), -1);
  }
}
