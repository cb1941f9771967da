package dev.ibex.losses;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean along an axis of (1 - q)^gamma · binary cross-entropy, q being the probability of what is
 * right; balanced by alpha for 1 and 1 - alpha for 0.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.BinaryFocalCrossentropy}.
 *
 * @param options name, reduction, type
 * @param applyClassBalancing whether alpha weights the two classes
 * @param alpha the weight
 * @param gamma the power
 * @param fromLogits whether outputs are logits instead of probabilities
 * @param labelSmoothing s in [0, 1], as of the plain cross-entropy
 * @param axis the axis
 */
public record BinaryFocalCrossentropy(
    LossOptions options,
    boolean applyClassBalancing,
    double alpha,
    double gamma,
    boolean fromLogits,
    double labelSmoothing,
    int axis)
    implements ConfiguredLoss<BinaryFocalCrossentropy> {
  /** Checks the smoothing. */
  public BinaryFocalCrossentropy {
    Check.rate("labelSmoothing", labelSmoothing);
  }

  /** Returns the loss with Keras's defaults. */
  public static BinaryFocalCrossentropy of() {
    return new BinaryFocalCrossentropy(
        LossOptions.of("binary_focal_crossentropy"), false, 0.25, 2, false, 0, -1);
  }

  /** Returns this loss with the classes weighted by alpha, or not; default false. */
  public BinaryFocalCrossentropy applyClassBalancing(boolean applyClassBalancing) {
    return Records.with(this, "applyClassBalancing", applyClassBalancing);
  }

  /** Returns this loss with another weight; default 0.25. */
  public BinaryFocalCrossentropy alpha(double alpha) {
    return Records.with(this, "alpha", alpha);
  }

  /** Returns this loss with another power; default 2. */
  public BinaryFocalCrossentropy gamma(double gamma) {
    return Records.with(this, "gamma", gamma);
  }

  /** Returns this loss with outputs as logits, or not; default false. */
  public BinaryFocalCrossentropy fromLogits(boolean fromLogits) {
    return Records.with(this, "fromLogits", fromLogits);
  }

  /** Returns this loss with smoothed targets; default 0. */
  public BinaryFocalCrossentropy labelSmoothing(double labelSmoothing) {
    return Records.with(this, "labelSmoothing", labelSmoothing);
  }

  /** Returns this loss with another axis; default -1. */
  public BinaryFocalCrossentropy axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = Crossentropies.smoothBinary(tf, yTrue, labelSmoothing);
    Operand<TNumber> p = fromLogits ? tf.math.sigmoid(yPred) : yPred;
    Operand<TNumber> cost = Crossentropies.binary(tf, t, p, false);
    Operand<TNumber> right = between(tf, t, p, Tensors.rest(tf, p));
    Operand<TNumber> factor =
        tf.math.pow(Tensors.rest(tf, right), Tensors.number(tf, right, gamma));
    Operand<TNumber> focal = tf.math.mul(factor, cost);
    if (applyClassBalancing) {
      Operand<TNumber> weight =
          between(tf, t, Tensors.number(tf, t, alpha), Tensors.number(tf, t, 1 - alpha));
      focal = tf.math.mul(weight, focal);
    }
    return Tensors.mean(tf, focal, axis);
  }

  /** Returns t on + (1 - t) off. */
  private static Operand<TNumber> between(
      Ops tf, Operand<TNumber> t, Operand<TNumber> on, Operand<TNumber> off) {
    return tf.math.add(tf.math.mul(t, on), tf.math.mul(Tensors.rest(tf, t), off));
  }
}
