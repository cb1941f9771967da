package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Sum of t log(t / y) along the last axis; t and y are clipped to [1e-7, 1].
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.KLDivergence}.
 *
 * @param options name, reduction, type
 */
public record KLDivergence(LossOptions options) implements ConfiguredLoss<KLDivergence> {
  /** Returns the loss with Keras's defaults. */
  public static KLDivergence of() {
    return new KLDivergence(LossOptions.of("kl_divergence"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = Tensors.clip(tf, yTrue, Crossentropies.EPSILON, 1);
    Operand<TNumber> y = Tensors.clip(tf, yPred, Crossentropies.EPSILON, 1);
    return Tensors.sum(tf, tf.math.mul(t, tf.math.log(tf.math.div(t, y))), -1);
  }
}
