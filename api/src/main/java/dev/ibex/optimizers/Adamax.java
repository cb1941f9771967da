package dev.ibex.optimizers;

import dev.ibex.core.Check;
import dev.ibex.core.Key;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Records;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Adamax: m += (g - m)(1 - beta1); u = max(beta2 · u, |g|); w -= rate · m / ((1 - beta1^t)(u +
 * epsilon)), t being the step from 1.
 *
 * <p>Slots: {@code momentum}, {@code norm}. Source: {@code keras.optimizers.Adamax}.
 *
 * @param options name, learning rate, decay, clipping
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the largest gradient
 * @param epsilon added to the denominator
 */
public record Adamax(
    OptimizerOptions options,
    @Key("beta_1") double beta1,
    @Key("beta_2") double beta2,
    double epsilon)
    implements Optimizer.Common<Adamax> {
  /** Checks the options. */
  public Adamax {
    Check.decay("beta1", beta1);
    Check.decay("beta2", beta2);
    Check.atLeastZero("epsilon", epsilon);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Adamax of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Adamax of(double learningRate) {
    return new Adamax(OptimizerOptions.of("adamax", learningRate), 0.9, 0.999, 1e-7);
  }

  /**
   * Returns this optimizer with another {@code beta1}: decay of the mean of gradients; default 0.9.
   */
  public Adamax beta1(double beta1) {
    return Records.with(this, "beta1", beta1);
  }

  /**
   * Returns this optimizer with another {@code beta2}: decay of the largest gradient; default
   * 0.999.
   */
  public Adamax beta2(double beta2) {
    return Records.with(this, "beta2", beta2);
  }

  /**
   * Returns this optimizer with another {@code epsilon}: added to the denominator; default 1e-7.
   */
  public Adamax epsilon(double epsilon) {
    return Records.with(this, "epsilon", epsilon);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return List.of(Slots.zeros("momentum", weight), Slots.zeros("norm", weight));
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> g = step.gradient();
    Operand<TNumber> m = terms.moved(step.slotValue("momentum"), g, beta1);
    Operand<TNumber> u =
        tf.math.maximum(terms.times(step.slotValue("norm"), beta2), step.absoluteGradient());
    Operand<TNumber> change =
        tf.math.div(
            terms.times(step.learningRate(), m),
            terms.times(terms.rest(terms.power(beta1)), terms.plus(u, epsilon)));
    return step.assign(terms.less(change), Map.of("momentum", m, "norm", u));
  }
}
