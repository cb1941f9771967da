package dev.ibex.losses;

import dev.ibex.core.Extra;
import dev.ibex.core.Records;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The negative cosine between target and output along an axis.
 *
 * <p>Target and output have one shape {@code [..., n]}; there is one value for each row of the last
 * axis. Source: {@code keras.losses.CosineSimilarity}.
 *
 * @param options name, reduction, type
 * @param axis the axis of the vectors
 */
public record CosineSimilarity(LossOptions options, @Extra int axis)
    implements ConfiguredLoss<CosineSimilarity> {
  /** Returns the loss with Keras's defaults. */
  public static CosineSimilarity of() {
    return new CosineSimilarity(LossOptions.of("cosine_similarity"), -1);
  }

  /** Returns this loss with the vectors along another axis; default -1. */
  public CosineSimilarity axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    return tf.math.neg(
        Tensors.sum(
            tf,
            tf.math.mul(Tensors.normalized(tf, yTrue, axis), Tensors.normalized(tf, yPred, axis)),
            axis));
  }
}
