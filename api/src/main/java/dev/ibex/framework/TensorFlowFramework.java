package dev.ibex.framework;

import dev.ibex.core.Activation;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Loss;
import dev.ibex.core.Reduction;
import dev.ibex.core.Regularizer;
import dev.ibex.core.Weighting;
import dev.ibex.graph.Numbers;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Adapters for objects of TensorFlow's Java framework ({@code org.tensorflow.framework}), so that
 * what is written for it trains in a model:
 *
 * <pre>{@code
 * Dense.of(4).activation(TensorFlowFramework.activation(new GELU()))
 * model.compile(Adam.of(), TensorFlowFramework.loss(new Huber()));
 * }</pre>
 *
 * <p>What they give has no form in Keras's JSON: a model with one of them trains and saves its
 * weights, but cannot be written whole. A metric of the framework keeps its state in variables of
 * one graph, so there is no adapter; {@code Metrics.of(name, loss(…))} gives the mean of a loss.
 */
public final class TensorFlowFramework {
  private TensorFlowFramework() {}

  /**
   * Returns a loss that weights and reduces as the framework's does.
   *
   * <p>It is given target and output in float32 and in one rank, the output as it is, never its
   * logits. Sample weights go to it as its own; a mask becomes weights of 0 and 1, so that masked
   * steps cost nothing but still count in a mean. With the framework's {@code Reduction.NONE} the
   * loss is the mean of its values.
   */
  public static Loss loss(org.tensorflow.framework.losses.Loss loss) {
    return new Loss() {
      @Override
      public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
        return loss.call(tf, yTrue, yPred, null); // its word for "no weights"
      }

      @Override
      public Operand<TNumber> reduced(
          Ops tf,
          Operand<TNumber> yTrue,
          Operand<TNumber> yPred,
          Optional<Operand<TBool>> mask,
          Optional<Operand<TNumber>> sampleWeight) {
        Optional<Operand<TNumber>> weight =
            Weighting.masked(tf, sampleWeight, mask, dtype(), Reduction.SUM);
        Operand<TNumber> value =
            weight.isPresent()
                ? loss.call(tf, yTrue, yPred, weight.get())
                : values(tf, yTrue, yPred);
        int[] axes = IntStream.range(0, value.shape().numDimensions()).toArray();
        return axes.length == 0 ? value : tf.math.mean(value, tf.constant(axes));
      }
    };
  }

  /** Returns an activation that is the framework's. */
  public static Activation activation(org.tensorflow.framework.activations.Activation activation) {
    return activation::call;
  }

  /**
   * Returns an initializer that is the framework's.
   *
   * <p>It draws from the seed it was made with, not from the model's: an object that is used for
   * two weights of one shape gives both the same values.
   */
  public static Initializer initializer(
      org.tensorflow.framework.initializers.Initializer<? extends TNumber> initializer) {
    @SuppressWarnings("unchecked")
    var any = (org.tensorflow.framework.initializers.Initializer<TNumber>) initializer;
    return (tf, shape, dtype, seed) ->
        any.call(tf, tf.constant(shape.asArray()), Numbers.type(dtype));
  }

  /** Returns a regularizer that is the framework's. */
  public static Regularizer regularizer(
      org.tensorflow.framework.regularizers.Regularizer regularizer) {
    return regularizer::call;
  }

  /** Returns a constraint that is the framework's; it counts axes as TensorFlow does. */
  public static Constraint constraint(org.tensorflow.framework.constraints.Constraint constraint) {
    return constraint::call;
  }
}
