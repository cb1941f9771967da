package dev.ibex.losses;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Sum along an axis of -alpha (1 - p)^gamma t log(p), p being divided by its sum and clipped to
 * [1e-7, 1 - 1e-7].
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.CategoricalFocalCrossentropy}.
 *
 * @param options name, reduction, type
 * @param alpha the weight
 * @param gamma the power
 * @param fromLogits whether outputs are logits instead of probabilities
 * @param labelSmoothing s in [0, 1], as of the plain cross-entropy
 * @param axis the axis of the classes
 */
public record CategoricalFocalCrossentropy(
    LossOptions options,
    double alpha,
    double gamma,
    boolean fromLogits,
    double labelSmoothing,
    int axis)
    implements ConfiguredLoss<CategoricalFocalCrossentropy> {
  /** Checks the smoothing. */
  public CategoricalFocalCrossentropy {
    Check.rate("labelSmoothing", labelSmoothing);
  }

  /** Returns the loss with Keras's defaults. */
  public static CategoricalFocalCrossentropy of() {
    return new CategoricalFocalCrossentropy(
        LossOptions.of("categorical_focal_crossentropy"), 0.25, 2, false, 0, -1);
  }

  /** Returns this loss with another weight; default 0.25. */
  public CategoricalFocalCrossentropy alpha(double alpha) {
    return Records.with(this, "alpha", alpha);
  }

  /** Returns this loss with another power; default 2. */
  public CategoricalFocalCrossentropy gamma(double gamma) {
    return Records.with(this, "gamma", gamma);
  }

  /** Returns this loss with outputs as logits, or not; default false. */
  public CategoricalFocalCrossentropy fromLogits(boolean fromLogits) {
    return Records.with(this, "fromLogits", fromLogits);
  }

  /** Returns this loss with smoothed targets; default 0. */
  public CategoricalFocalCrossentropy labelSmoothing(double labelSmoothing) {
    return Records.with(this, "labelSmoothing", labelSmoothing);
  }

  /** Returns this loss with the classes along another axis; default -1. */
  public CategoricalFocalCrossentropy axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = Crossentropies.smoothCategorical(tf, yTrue, labelSmoothing);
    Operand<TNumber> y = fromLogits ? Crossentropies.softmax(tf, yPred, axis) : yPred;
    Operand<TNumber> p = Crossentropies.probability(tf, Crossentropies.normalized(tf, y, axis));
    Operand<TNumber> factor =
        Tensors.times(tf, tf.math.pow(Tensors.rest(tf, p), Tensors.number(tf, p, gamma)), alpha);
    Operand<TNumber> cost = tf.math.neg(tf.math.mul(t, tf.math.log(p)));
    return Tensors.sum(tf, tf.math.mul(factor, cost), axis);
  }
}
