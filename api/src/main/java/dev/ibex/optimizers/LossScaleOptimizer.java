package dev.ibex.optimizers;

import dev.ibex.core.Check;
import dev.ibex.core.LossScaling;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Records;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Another optimizer with the loss scaled up, so that small float16 gradients do not become 0.
 *
 * <p>The scale doubles after {@code dynamicGrowthSteps} steps in a row with finite gradients; where
 * one is not finite the step changes nothing and the scale halves. {@code compile} does the same by
 * itself where a layer computes in mixed_float16. Source: {@code
 * keras.optimizers.LossScaleOptimizer}.
 *
 * @param name the name
 * @param innerOptimizer what changes the weights; without a {@code lossScaleFactor}
 * @param initialScale the scale of the first step, above 0
 * @param dynamicGrowthSteps the finite steps after which the scale doubles, at least 1
 */
public record LossScaleOptimizer(
    String name, Optimizer innerOptimizer, double initialScale, int dynamicGrowthSteps)
    implements Optimizer {
  /** Checks the values. */
  public LossScaleOptimizer {
    new LossScaling(initialScale, dynamicGrowthSteps);
    Check.that(
        innerOptimizer.lossScaling().isEmpty(),
        "innerOptimizer: expected one that does not scale the loss itself, got %s",
        innerOptimizer);
    Check.that(
        innerOptimizer.options().lossScaleFactor().isEmpty(),
        "innerOptimizer: expected one without a lossScaleFactor, which is found here");
  }

  /** Returns an optimizer with a scale of 32768 at first, which may double after 2000 steps. */
  public static LossScaleOptimizer of(Optimizer innerOptimizer) {
    LossScaling scaling = LossScaling.DEFAULT;
    return new LossScaleOptimizer(
        "loss_scale_optimizer", innerOptimizer, scaling.initialScale(), scaling.growthSteps());
  }

  /** Returns this optimizer with another first scale; default 32768. */
  public LossScaleOptimizer initialScale(double scale) {
    return Records.with(this, "initialScale", scale);
  }

  /** Returns this optimizer with another number of steps between doublings; default 2000. */
  public LossScaleOptimizer dynamicGrowthSteps(int steps) {
    return Records.with(this, "dynamicGrowthSteps", steps);
  }

  @Override
  public OptimizerOptions options() {
    return innerOptimizer.options();
  }

  @Override
  public LossScaleOptimizer with(OptimizerOptions options) {
    return Records.with(this, "innerOptimizer", innerOptimizer.with(options));
  }

  @Override
  public Optional<LossScaling> lossScaling() {
    return Optional.of(new LossScaling(initialScale, dynamicGrowthSteps));
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return innerOptimizer.slots(weight);
  }

  @Override
  public int slotGroup(String slot) {
    return innerOptimizer.slotGroup(slot);
  }

  @Override
  public List<WeightSpec> shared() {
    return innerOptimizer.shared();
  }

  @Override
  public Operand<TNumber> nextShared(
      Ops tf, String name, Operand<TNumber> value, Operand<TNumber> step) {
    return innerOptimizer.nextShared(tf, name, value, step);
  }

  @Override
  public Op update(OptimizerStep step) {
    return innerOptimizer.update(step);
  }
}
