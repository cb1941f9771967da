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
import java.util.Optional;
import org.tensorflow.op.Op;

/**
 * Adam with weight decay, 0.004 by default: m += (g - m)(1 - beta1); v += (g² - v)(1 - beta2); w -=
 * rate · sqrt(1 - beta2^t) / (1 - beta1^t) · m / (sqrt(v) + epsilon), t being the step from 1.
 *
 * <p>Slots: {@code momentum}, {@code velocity}; with {@code amsgrad} also {@code velocity_hat}, the
 * largest v so far, which then divides. Source: {@code keras.optimizers.AdamW}.
 *
 * @param options name, learning rate, decay, clipping
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of squares
 * @param epsilon added to the denominator
 * @param amsgrad whether the denominator never shrinks
 */
public record AdamW(
    OptimizerOptions options,
    @Key("beta_1") double beta1,
    @Key("beta_2") double beta2,
    double epsilon,
    boolean amsgrad)
    implements Optimizer.Common<AdamW> {
  /** Checks the options. */
  public AdamW {
    Check.that(options.weightDecay().isPresent(), "weightDecay: AdamW needs one; use Adam");
    Check.decay("beta1", beta1);
    Check.decay("beta2", beta2);
    Check.atLeastZero("epsilon", epsilon);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static AdamW of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static AdamW of(double learningRate) {
    return new AdamW(
        Records.with(
            OptimizerOptions.of("adam_w", learningRate), "weightDecay", Optional.of(0.004)),
        0.9,
        0.999,
        1e-7,
        false);
  }

  /**
   * Returns this optimizer with another {@code beta1}: decay of the mean of gradients; default 0.9.
   */
  public AdamW beta1(double beta1) {
    return Records.with(this, "beta1", beta1);
  }

  /**
   * Returns this optimizer with another {@code beta2}: decay of the mean of squares; default 0.999.
   */
  public AdamW beta2(double beta2) {
    return Records.with(this, "beta2", beta2);
  }

  /**
   * Returns this optimizer with another {@code epsilon}: added to the denominator; default 1e-7.
   */
  public AdamW epsilon(double epsilon) {
    return Records.with(this, "epsilon", epsilon);
  }

  /**
   * Returns this optimizer with another {@code amsgrad}: whether the denominator never shrinks;
   * default false.
   */
  public AdamW amsgrad(boolean amsgrad) {
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
