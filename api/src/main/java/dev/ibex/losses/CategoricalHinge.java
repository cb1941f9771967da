package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * max(1 + max((1 - t) y) - sum(t y), 0) along the last axis, for one-hot targets.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.CategoricalHinge}.
 *
 * @param options name, reduction, type
 */
public record CategoricalHinge(LossOptions options) implements ConfiguredLoss<CategoricalHinge> {
  /** Returns the loss with Keras's defaults. */
  public static CategoricalHinge of() {
    return new CategoricalHinge(LossOptions.of("categorical_hinge"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> right = Tensors.sum(tf, tf.math.mul(yTrue, yPred), -1);
    Operand<TNumber> wrong = tf.max(tf.math.mul(Tensors.rest(tf, yTrue), yPred), tf.constant(-1));
    Operand<TNumber> distance =
        tf.math.add(tf.math.sub(wrong, right), Tensors.number(tf, right, 1));
    return tf.math.maximum(distance, Tensors.number(tf, right, 0));
  }
}
