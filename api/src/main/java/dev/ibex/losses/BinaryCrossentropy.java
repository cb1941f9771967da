package dev.ibex.losses;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of -t log(p) - (1 - t) log(1 - p) along an axis: for outputs that are yes-or-no questions.
 *
 * <p>Target and output have one shape. Where the output comes straight from a sigmoid, its logits
 * are used; else p is clipped to [1e-7, 1 - 1e-7]. Source: {@code keras.losses.BinaryCrossentropy}.
 *
 * @param options name, reduction, type
 * @param fromLogits whether outputs are logits instead of probabilities
 * @param labelSmoothing s in [0, 1]: targets become t (1 - s) + s / 2
 * @param axis the axis of the mean
 */
public record BinaryCrossentropy(
    LossOptions options, boolean fromLogits, double labelSmoothing, int axis)
    implements ConfiguredLoss<BinaryCrossentropy> {
  /** Checks the smoothing. */
  public BinaryCrossentropy {
    Check.rate("labelSmoothing", labelSmoothing);
  }

  /** Returns the loss with Keras's defaults: probabilities, no smoothing, the last axis. */
  public static BinaryCrossentropy of() {
    return new BinaryCrossentropy(LossOptions.of("binary_crossentropy"), false, 0, -1);
  }

  /** Returns this loss for outputs that are logits, or not; default false. */
  public BinaryCrossentropy fromLogits(boolean on) {
    return Records.with(this, "fromLogits", on);
  }

  /** Returns this loss with smoothed targets; default 0. */
  public BinaryCrossentropy labelSmoothing(double s) {
    return Records.with(this, "labelSmoothing", s);
  }

  /** Returns this loss with the mean along another axis; default -1. */
  public BinaryCrossentropy axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    return Tensors.mean(tf, elements(tf, yTrue, yPred), axis);
  }

  /** Returns the loss of each element, before the mean along the axis. */
  public Operand<TNumber> elements(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = Crossentropies.smoothBinary(tf, yTrue, labelSmoothing);
    return Crossentropies.binary(tf, t, yPred, fromLogits);
  }
}
