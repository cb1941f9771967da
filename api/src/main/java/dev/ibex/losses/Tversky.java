package dev.ibex.losses;

import dev.ibex.core.Records;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * 1 - s / (s + alpha · sum(t (1 - y)) + beta · sum((1 - t) y) + 1e-7) with s = sum(t y).
 *
 * <p>Target and output have one shape; without axes there is one value for the whole batch. Source:
 * {@code keras.losses.Tversky}.
 *
 * @param options name, reduction, type
 * @param alpha the weight of what was missed
 * @param beta the weight of what was found wrongly
 * @param axis the axes of the sums; empty for all
 */
public record Tversky(LossOptions options, double alpha, double beta, Optional<List<Integer>> axis)
    implements ConfiguredLoss<Tversky> {
  /** Returns the loss with Keras's defaults. */
  public static Tversky of() {
    return new Tversky(LossOptions.of("tversky"), 0.5, 0.5, Optional.empty());
  }

  /** Returns this loss with another alpha; default 0.5. */
  public Tversky alpha(double alpha) {
    return Records.with(this, "alpha", alpha);
  }

  /** Returns this loss with another beta; default 0.5. */
  public Tversky beta(double beta) {
    return Records.with(this, "beta", beta);
  }

  /** Returns this loss with sums along some axes; default all. */
  public Tversky axis(Integer... axis) {
    return Records.with(this, "axis", Optional.of(List.of(axis)));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> both = Tensors.sum(tf, tf.math.mul(yTrue, yPred), axis);
    Operand<TNumber> missed = Tensors.sum(tf, tf.math.mul(Tensors.rest(tf, yPred), yTrue), axis);
    Operand<TNumber> wrong = Tensors.sum(tf, tf.math.mul(yPred, Tensors.rest(tf, yTrue)), axis);
    Operand<TNumber> all =
        tf.math.add(
            tf.math.add(both, Tensors.times(tf, missed, alpha)),
            tf.math.add(
                Tensors.times(tf, wrong, beta), Tensors.number(tf, both, Crossentropies.EPSILON)));
    return Tensors.rest(tf, tf.math.div(both, all));
  }
}
