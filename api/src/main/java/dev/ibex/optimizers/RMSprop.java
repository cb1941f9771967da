package dev.ibex.optimizers;

import dev.ibex.core.Check;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Records;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * RMSprop: v = rho · v + (1 - rho) g²; w -= rate · g / sqrt(v + epsilon); centered: v less the
 * square of the mean gradient; with momentum: m = momentum · m + that change and w -= m.
 *
 * <p>Slots: {@code velocity}; {@code momentum} unless it is 0; {@code average_gradient} if
 * centered. Source: {@code keras.optimizers.RMSprop}.
 *
 * @param options name, learning rate, decay, clipping
 * @param rho decay of the means
 * @param momentum how much of the last change is repeated
 * @param epsilon added to the denominator
 * @param centered whether the variance is used instead of the mean of squares
 */
public record RMSprop(
    OptimizerOptions options, double rho, double momentum, double epsilon, boolean centered)
    implements Optimizer.Common<RMSprop> {
  /** Checks the options. */
  public RMSprop {
    Check.decay("rho", rho);
    Check.rate("momentum", momentum);
    Check.atLeastZero("epsilon", epsilon);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static RMSprop of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static RMSprop of(double learningRate) {
    return new RMSprop(OptimizerOptions.of("rm_sprop", learningRate), 0.9, 0, 1e-7, false);
  }

  /** Returns this optimizer with another {@code rho}: decay of the means; default 0.9. */
  public RMSprop rho(double rho) {
    return Records.with(this, "rho", rho);
  }

  /**
   * Returns this optimizer with another {@code momentum}: how much of the last change is repeated;
   * default 0.
   */
  public RMSprop momentum(double momentum) {
    return Records.with(this, "momentum", momentum);
  }

  /**
   * Returns this optimizer with another {@code epsilon}: added to the denominator; default 1e-7.
   */
  public RMSprop epsilon(double epsilon) {
    return Records.with(this, "epsilon", epsilon);
  }

  /**
   * Returns this optimizer with another {@code centered}: whether the variance is used instead of
   * the mean of squares; default false.
   */
  public RMSprop centered(boolean centered) {
    return Records.with(this, "centered", centered);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    List<WeightSpec> slots = new ArrayList<>();
    slots.add(Slots.zeros("velocity", weight));
    if (momentum > 0) {
      slots.add(Slots.zeros("momentum", weight));
    }
    if (centered) {
      slots.add(Slots.zeros("average_gradient", weight));
    }
    return slots;
  }

  @Override
  public int slotGroup(String slot) {
    return List.of("velocity", "momentum", "average_gradient").indexOf(slot);
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> g = step.gradient();
    Map<String, Operand<TNumber>> slots = new LinkedHashMap<>();
    Operand<TNumber> v = terms.mixed(step.slotValue("velocity"), step.squaredGradient(), rho);
    slots.put("velocity", v);
    Operand<TNumber> size = v;
    if (centered) {
      Operand<TNumber> mean = terms.mixed(step.slotValue("average_gradient"), g, rho);
      slots.put("average_gradient", mean);
      size = tf.math.sub(v, tf.math.square(mean));
    }
    Operand<TNumber> change =
        tf.math.div(terms.times(step.learningRate(), g), tf.math.sqrt(terms.plus(size, epsilon)));
    if (momentum > 0) {
      change = tf.math.add(terms.times(step.slotValue("momentum"), momentum), change);
      slots.put("momentum", change);
    }
    return step.assign(terms.less(change), slots);
  }
}
