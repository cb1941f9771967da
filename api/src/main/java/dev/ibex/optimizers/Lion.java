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
import org.tensorflow.types.family.TNumber;

/**
 * Lion: w -= rate · sign(beta1 · m + (1 - beta1) g); m = beta2 · m + (1 - beta2) g.
 *
 * <p>Slots: {@code momentum}. Source: {@code keras.optimizers.Lion}.
 *
 * @param options name, learning rate, decay, clipping
 * @param beta1 share of the mean in the direction
 * @param beta2 decay of the mean of gradients
 */
public record Lion(
    OptimizerOptions options, @Key("beta_1") double beta1, @Key("beta_2") double beta2)
    implements Optimizer.Common<Lion> {
  /** Checks the options. */
  public Lion {
    Check.that(
        beta1 > 0 && beta1 <= 1,
        "beta1: expected a number above 0 and at most 1, got %s; with 0 only signs are left",
        beta1);
    Check.decay("beta2", beta2);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Lion of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Lion of(double learningRate) {
    return new Lion(OptimizerOptions.of("lion", learningRate), 0.9, 0.99);
  }

  /**
   * Returns this optimizer with another {@code beta1}: share of the mean in the direction; default
   * 0.9.
   */
  public Lion beta1(double beta1) {
    return Records.with(this, "beta1", beta1);
  }

  /**
   * Returns this optimizer with another {@code beta2}: decay of the mean of gradients; default
   * 0.99.
   */
  public Lion beta2(double beta2) {
    return Records.with(this, "beta2", beta2);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return List.of(Slots.zeros("momentum", weight));
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Operand<TNumber> m = step.slotValue("momentum");
    Operand<TNumber> direction = step.tf().math.sign(terms.mixed(m, step.gradient(), beta1));
    return step.assign(
        terms.less(terms.times(step.learningRate(), direction)),
        Map.of("momentum", terms.mixed(m, step.gradient(), beta2)));
  }
}
