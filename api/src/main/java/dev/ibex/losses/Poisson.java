package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of y - t log(y + 1e-7) along the last axis.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.Poisson}.
 *
 * @param options name, reduction, type
 */
public record Poisson(LossOptions options) implements ConfiguredLoss<Poisson> {
  /** Returns the loss with Keras's defaults. */
  public static Poisson of() {
    return new Poisson(LossOptions.of("poisson"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> log =
        tf.math.log(tf.math.add(yPred, Tensors.number(tf, yPred, Crossentropies.EPSILON)));
    return Tensors.mean(tf, tf.math.sub(yPred, tf.math.mul(yTrue, log)), -1);
  }
}
