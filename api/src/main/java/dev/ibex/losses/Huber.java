package dev.ibex.losses;

import dev.ibex.core.Extra;
import dev.ibex.core.Records;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean along the last axis of e² / 2 where |e| is at most delta, else of delta |e| - delta² / 2,
 * with e = y - t.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.Huber}.
 *
 * @param options name, reduction, type
 * @param delta where the parabola becomes a line
 */
public record Huber(LossOptions options, @Extra double delta) implements ConfiguredLoss<Huber> {
  /** Returns the loss with Keras's defaults. */
  public static Huber of() {
    return new Huber(LossOptions.of("huber_loss"), 1);
  }

  /** Returns this loss with another delta; default 1. */
  public Huber delta(double delta) {
    return Records.with(this, "delta", delta);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> error = tf.math.sub(yPred, yTrue);
    Operand<TNumber> size = tf.math.abs(error);
    Operand<TNumber> parabola = Tensors.times(tf, tf.math.square(error), 0.5);
    Operand<TNumber> line =
        tf.math.sub(Tensors.times(tf, size, delta), Tensors.number(tf, size, 0.5 * delta * delta));
    return Tensors.mean(
        tf,
        tf.select(tf.math.lessEqual(size, Tensors.number(tf, size, delta)), parabola, line),
        -1);
  }
}
