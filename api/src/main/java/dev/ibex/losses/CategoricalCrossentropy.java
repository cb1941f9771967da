package dev.ibex.losses;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * -sum(t log(p)) along an axis: for outputs that choose one of several classes, with one-hot
 * targets or probabilities.
 *
 * <p>Target and output have one shape. Where the output comes straight from a softmax, its logits
 * are used; else p is divided by its sum and clipped to [1e-7, 1 - 1e-7]. Source: {@code
 * keras.losses.CategoricalCrossentropy}.
 *
 * @param options name, reduction, type
 * @param fromLogits whether outputs are logits instead of probabilities
 * @param labelSmoothing s in [0, 1]: targets become t (1 - s) + s / n, n being the size of the last
 *     axis
 * @param axis the axis of the classes
 */
public record CategoricalCrossentropy(
    LossOptions options, boolean fromLogits, double labelSmoothing, int axis)
    implements ConfiguredLoss<CategoricalCrossentropy> {
  /** Checks the smoothing. */
  public CategoricalCrossentropy {
    Check.rate("labelSmoothing", labelSmoothing);
  }

  /** Returns the loss with Keras's defaults: probabilities, no smoothing, the last axis. */
  public static CategoricalCrossentropy of() {
    return new CategoricalCrossentropy(LossOptions.of("categorical_crossentropy"), false, 0, -1);
  }

  /** Returns this loss for outputs that are logits, or not; default false. */
  public CategoricalCrossentropy fromLogits(boolean on) {
    return Records.with(this, "fromLogits", on);
  }

  /** Returns this loss with smoothed targets; default 0. */
  public CategoricalCrossentropy labelSmoothing(double s) {
    return Records.with(this, "labelSmoothing", s);
  }

  /** Returns this loss with the classes along another axis; default -1. */
  public CategoricalCrossentropy axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = Crossentropies.smoothCategorical(tf, yTrue, labelSmoothing);
    return Crossentropies.categorical(tf, t, yPred, fromLogits, axis);
  }
}
