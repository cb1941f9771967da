package dev.ibex.optimizers;

import dev.ibex.core.Check;
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
 * Adadelta: a = rho · a + (1 - rho) g²; d = -g · sqrt(b + epsilon) / sqrt(a + epsilon); b = rho · b
 * + (1 - rho) d²; w += rate · d.
 *
 * <p>Slots: {@code accumulated_grad}, {@code accumulated_delta_var}. Source: {@code
 * keras.optimizers.Adadelta}.
 *
 * @param options name, learning rate, decay, clipping
 * @param rho decay of the means
 * @param epsilon added to the denominator
 */
public record Adadelta(OptimizerOptions options, double rho, double epsilon)
    implements Optimizer.Common<Adadelta> {
  /** Checks the options. */
  public Adadelta {
    Check.decay("rho", rho);
    Check.atLeastZero("epsilon", epsilon);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Adadelta of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Adadelta of(double learningRate) {
    return new Adadelta(OptimizerOptions.of("adadelta", learningRate), 0.95, 1e-7);
  }

  /** Returns this optimizer with another {@code rho}: decay of the means; default 0.95. */
  public Adadelta rho(double rho) {
    return Records.with(this, "rho", rho);
  }

  /**
   * Returns this optimizer with another {@code epsilon}: added to the denominator; default 1e-7.
   */
  public Adadelta epsilon(double epsilon) {
    return Records.with(this, "epsilon", epsilon);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return List.of(
        Slots.zeros("accumulated_grad", weight), Slots.zeros("accumulated_delta_var", weight));
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> g = step.gradient();
    Operand<TNumber> b = step.slotValue("accumulated_delta_var");
    Operand<TNumber> a =
        terms.mixed(step.slotValue("accumulated_grad"), step.squaredGradient(), rho);
    Operand<TNumber> change =
        tf.math.div(
            terms.times(tf.math.sqrt(terms.plus(b, epsilon)), g),
            tf.math.sqrt(terms.plus(a, epsilon)));
    return step.assign(
        terms.less(terms.times(step.learningRate(), change)),
        Map.of(
            "accumulated_grad",
            a,
            "accumulated_delta_var",
            terms.mixed(b, tf.math.square(change), rho)));
  }
}
