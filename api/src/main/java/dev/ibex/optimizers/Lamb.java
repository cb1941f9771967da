package dev.ibex.optimizers;

import dev.ibex.core.Check;
import dev.ibex.core.Key;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Records;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.core.Weighting;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Lamb: Adam's step, rescaled for each weight to rate · norm(w) / norm(step); the factor of norms
 * is 1 where one of them is 0.
 *
 * <p>Slots: {@code momentum}, {@code velocity}. Source: {@code keras.optimizers.Lamb}.
 *
 * @param options name, learning rate, decay, clipping
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of squares
 * @param epsilon added to the denominator
 */
public record Lamb(
    OptimizerOptions options,
    @Key("beta_1") double beta1,
    @Key("beta_2") double beta2,
    double epsilon)
    implements Optimizer.Common<Lamb> {
  /** Checks the options. */
  public Lamb {
    Check.decay("beta1", beta1);
    Check.decay("beta2", beta2);
    Check.atLeastZero("epsilon", epsilon);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Lamb of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Lamb of(double learningRate) {
    return new Lamb(OptimizerOptions.of("lamb", learningRate), 0.9, 0.999, 1e-7);
  }

  /**
   * Returns this optimizer with another {@code beta1}: decay of the mean of gradients; default 0.9.
   */
  public Lamb beta1(double beta1) {
    return Records.with(this, "beta1", beta1);
  }

  /**
   * Returns this optimizer with another {@code beta2}: decay of the mean of squares; default 0.999.
   */
  public Lamb beta2(double beta2) {
    return Records.with(this, "beta2", beta2);
  }

  /**
   * Returns this optimizer with another {@code epsilon}: added to the denominator; default 1e-7.
   */
  public Lamb epsilon(double epsilon) {
    return Records.with(this, "epsilon", epsilon);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return List.of(Slots.zeros("momentum", weight), Slots.zeros("velocity", weight));
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> g = step.gradient();
    Operand<TNumber> m = terms.moved(step.slotValue("momentum"), g, beta1);
    Operand<TNumber> v = terms.moved(step.slotValue("velocity"), step.squaredGradient(), beta2);
    Operand<TNumber> size = tf.math.sqrt(tf.math.div(v, terms.rest(terms.power(beta2))));
    Operand<TNumber> change =
        tf.math.div(tf.math.div(m, terms.rest(terms.power(beta1))), terms.plus(size, epsilon));
    Operand<TNumber> one = step.constant(1);
    Operand<TNumber> zero = step.constant(0);
    Operand<TNumber> weightNorm = norm(tf, step.value());
    Operand<TNumber> changeNorm = norm(tf, change);
    Operand<TNumber> ratio =
        tf.select(
            tf.math.logicalAnd(
                tf.math.greater(weightNorm, zero), tf.math.greater(changeNorm, zero)),
            tf.math.div(weightNorm, changeNorm),
            one);
    return step.assign(
        terms.less(terms.times(terms.times(ratio, step.learningRate()), change)),
        Map.of("momentum", m, "velocity", v));
  }

  private static Operand<TNumber> norm(Ops tf, Operand<TNumber> x) {
    return tf.math.sqrt(Weighting.sum(tf, tf.math.square(x)));
  }
}
