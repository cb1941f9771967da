package dev.ibex.losses;

import dev.ibex.core.Records;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * 1 - 2 sum(t y) / (sum(t) + sum(y) + 1e-7).
 *
 * <p>Target and output have one shape; without axes there is one value for the whole batch. Source:
 * {@code keras.losses.Dice}.
 *
 * @param options name, reduction, type
 * @param axis the axes of the sums; empty for all
 */
public record Dice(LossOptions options, Optional<List<Integer>> axis)
    implements ConfiguredLoss<Dice> {
  /** Returns the loss with Keras's defaults. */
  public static Dice of() {
    return new Dice(LossOptions.of("dice"), Optional.empty());
  }

  /** Returns this loss with sums along some axes; default all. */
  public Dice axis(Integer... axis) {
    return Records.with(this, "axis", Optional.of(List.of(axis)));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> both = Tensors.sum(tf, tf.math.mul(yTrue, yPred), axis);
    Operand<TNumber> size = tf.math.add(Tensors.sum(tf, yTrue, axis), Tensors.sum(tf, yPred, axis));
    return Tensors.rest(
        tf,
        tf.math.div(
            Tensors.times(tf, both, 2),
            tf.math.add(size, Tensors.number(tf, size, Crossentropies.EPSILON))));
  }
}
