package dev.ibex.losses;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.graph.Array;
import java.util.List;
import java.util.OptionalLong;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TNumber;

/**
 * (1 - p^q) / q for the probability p of the target's class: less moved by wrong labels than the
 * cross-entropy.
 *
 * <p>Output {@code [..., classes]}, target {@code [...]} or {@code [..., 1]}, class numbers from 0.
 * Source: {@code keras.losses.CategoricalGeneralizedCrossEntropy}.
 *
 * @param options name, reduction, type
 * @param q between 0, the cross-entropy, and 1, the distance
 */
public record CategoricalGeneralizedCrossEntropy(LossOptions options, double q)
    implements ConfiguredLoss<CategoricalGeneralizedCrossEntropy> {
  /** Checks q. */
  public CategoricalGeneralizedCrossEntropy {
    Check.that(q > 0 && q < 1, "q: expected a number between 0 and 1, got %s", q);
  }

  /** Returns the loss with Keras's defaults. */
  public static CategoricalGeneralizedCrossEntropy of() {
    return new CategoricalGeneralizedCrossEntropy(
        LossOptions.of("categorical_generalized_cross_entropy"), 0.5);
  }

  /** Returns this loss with another q; default 0.5. */
  public CategoricalGeneralizedCrossEntropy q(double q) {
    return Records.with(this, "q", q);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    boolean column =
        yTrue.shape().numDimensions() == yPred.shape().numDimensions()
            && yTrue.shape().get(-1) == 1;
    Operand<TNumber> labels = column ? tf.squeeze(yTrue, Squeeze.axis(List.of(-1L))) : yTrue;
    Operand<TNumber> p =
        Tensors.sum(tf, tf.math.mul(yPred, Crossentropies.oneHot(tf, labels, yPred)), -1);
    Operand<TNumber> power = tf.math.pow(p, Tensors.number(tf, p, q));
    return tf.math.div(Tensors.rest(tf, power), Tensors.number(tf, p, q));
  }

  @Override
  public void check(String output, Array target, Shape outputShape) {
    TargetCheck.labels(
        "CategoricalGeneralizedCrossEntropy",
        output,
        target,
        outputShape,
        -1,
        OptionalLong.empty());
  }
}
