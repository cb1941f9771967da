package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of max(1 - t y, 0) along the last axis, for targets of -1 and 1.
 *
 * <p>Where all targets of a batch are 0 or 1, 0 stands for -1.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.Hinge}.
 *
 * @param options name, reduction, type
 */
public record Hinge(LossOptions options) implements ConfiguredLoss<Hinge> {
  /** Returns the loss with Keras's defaults. */
  public static Hinge of() {
    return new Hinge(LossOptions.of("hinge"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    return Tensors.mean(tf, Hinges.distance(tf, yTrue, yPred), -1);
  }
}
