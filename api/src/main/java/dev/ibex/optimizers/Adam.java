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
import org.tensorflow.op.Op;

/**
 * Adam: m += (g - m)(1 - beta1); v += (g² - v)(1 - beta2); w -= rate · sqrt(1 - beta2^t) / (1 -
 * beta1^t) · m / (sqrt(v) + epsilon), t being the step from 1.
 *
 * <p>Slots: {@code momentum}, {@code velocity}; with {@code amsgrad} also {@code velocity_hat}, the
 * largest v so far, which then divides. Source: {@code keras.optimizers.Adam}.
 *
 * @param options name, learning rate, decay, clipping
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of squares
 * @param epsilon added to the denominator
 * @param amsgrad whether the denominator never shrinks
 */
public record Adam(
    OptimizerOptions options,
    @Key("beta_1") double beta1,
    @Key("beta_2") double beta2,
    double epsilon,
    boolean amsgrad)
    implements Optimizer.Common<Adam> {
  /** Checks the options. */
  public Adam {
    Check.decay("beta1", beta1);
    Check.decay("beta2", beta2);
    Check.atLeastZero("epsilon", epsilon);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Adam of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Adam of(double learningRate) {
    return new Adam(OptimizerOptions.of("adam", learningRate), 0.9, 0.999, 1e-7, false);
  }

  /**
   * Returns this optimizer with another {@code beta1}: decay of the mean of gradients; default 0.9.
   */
  public Adam beta1(double beta1) {
    return Records.with(this, "beta1", beta1);
  }

  /**
   * Returns this optimizer with another {@code beta2}: decay of the mean of squares; default 0.999.
   */
  public Adam beta2(double beta2) {
    return Records.with(this, "beta2", beta2);
  }

  /**
   * Returns this optimizer with another {@code epsilon}: added to the denominator; default 1e-7.
   */
  public Adam epsilon(double epsilon) {
    return Records.with(this, "epsilon", epsilon);
  }

  /**
   * Returns this optimizer with another {@code amsgrad}: whether the denominator never shrinks;
   * default false.
   */
  public Adam amsgrad(boolean amsgrad) {
    return Records.with(this, "amsgrad", amsgrad);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return rule().slots(weight);
  }

  @Override
  public int slotGroup(String slot) {
    return AdamRule.slotGroup(slot);
  }

  @Override
  public Op update(OptimizerStep step) {
    return rule().update(step);
  }

  private AdamRule rule() {
    return new AdamRule(beta1, beta2, epsilon, amsgrad);
  }
}
