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
 * Follow the regularized leader: a' = a + g²; z += g + 2 · shrinkage · w - (a'^-p - a^-p) / rate ·
 * w; w = (clip(z, -l1, l1) - z) / (a'^-p / rate + 2 · l2 + beta / rate), p being the learning rate
 * power.
 *
 * <p>Slots: {@code accumulator} a, {@code linear} z. Source: {@code keras.optimizers.Ftrl}.
 *
 * @param options name, learning rate, decay, clipping
 * @param learningRatePower how the rate falls with the sum of squares, at most 0
 * @param initialAccumulatorValue where the sum of squares starts, at least 0
 * @param l1RegularizationStrength l1, at least 0
 * @param l2RegularizationStrength l2, at least 0
 * @param l2ShrinkageRegularizationStrength shrinkage, at least 0
 * @param beta smoothing of the rate
 */
public record Ftrl(
    OptimizerOptions options,
    double learningRatePower,
    double initialAccumulatorValue,
    @Key("l1_regularization_strength") double l1RegularizationStrength,
    @Key("l2_regularization_strength") double l2RegularizationStrength,
    @Key("l2_shrinkage_regularization_strength") double l2ShrinkageRegularizationStrength,
    double beta)
    implements Optimizer.Common<Ftrl> {
  /** Checks the options. */
  public Ftrl {
    Check.that(
        learningRatePower <= 0,
        "learningRatePower: expected a number of at most 0, got %s",
        learningRatePower);
    Check.atLeastZero("initialAccumulatorValue", initialAccumulatorValue);
    Check.atLeastZero("l1RegularizationStrength", l1RegularizationStrength);
    Check.atLeastZero("l2RegularizationStrength", l2RegularizationStrength);
    Check.atLeastZero("l2ShrinkageRegularizationStrength", l2ShrinkageRegularizationStrength);
    Check.atLeastZero("beta", beta);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Ftrl of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Ftrl of(double learningRate) {
    return new Ftrl(OptimizerOptions.of("ftrl", learningRate), -0.5, 0.1, 0, 0, 0, 0);
  }

  /**
   * Returns this optimizer with another {@code learningRatePower}: how the rate falls with the sum
   * of squares, at most 0; default -0.5.
   */
  public Ftrl learningRatePower(double learningRatePower) {
    return Records.with(this, "learningRatePower", learningRatePower);
  }

  /**
   * Returns this optimizer with another {@code initialAccumulatorValue}: where the sum of squares
   * starts, at least 0; default 0.1.
   */
  public Ftrl initialAccumulatorValue(double initialAccumulatorValue) {
    return Records.with(this, "initialAccumulatorValue", initialAccumulatorValue);
  }

  /**
   * Returns this optimizer with another {@code l1RegularizationStrength}: l1, at least 0; default
   * 0.
   */
  public Ftrl l1RegularizationStrength(double l1RegularizationStrength) {
    return Records.with(this, "l1RegularizationStrength", l1RegularizationStrength);
  }

  /**
   * Returns this optimizer with another {@code l2RegularizationStrength}: l2, at least 0; default
   * 0.
   */
  public Ftrl l2RegularizationStrength(double l2RegularizationStrength) {
    return Records.with(this, "l2RegularizationStrength", l2RegularizationStrength);
  }

  /**
   * Returns this optimizer with another {@code l2ShrinkageRegularizationStrength}: shrinkage, at
   * least 0; default 0.
   */
  public Ftrl l2ShrinkageRegularizationStrength(double l2ShrinkageRegularizationStrength) {
    return Records.with(
        this, "l2ShrinkageRegularizationStrength", l2ShrinkageRegularizationStrength);
  }

  /** Returns this optimizer with another {@code beta}: smoothing of the rate; default 0. */
  public Ftrl beta(double beta) {
    return Records.with(this, "beta", beta);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return List.of(
        Slots.filled("accumulator", weight.shape(), initialAccumulatorValue),
        Slots.zeros("linear", weight));
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> l2 =
        terms.plus(
            tf.math.div(step.constant(beta / 2), step.learningRate()), l2RegularizationStrength);
    if (!step.fusable()) {
      return plain(step, terms, l2);
    }
    return step.after()
        .train
        .resourceApplyFtrl(
            step.handle(),
            step.slot("accumulator"),
            step.slot("linear"),
            step.gradient(),
            step.learningRate(),
            step.constant(l1RegularizationStrength),
            l2,
            step.constant(l2ShrinkageRegularizationStrength),
            step.constant(learningRatePower));
  }

  private Op plain(OptimizerStep step, Terms terms, Operand<TNumber> l2) {
    Ops tf = step.tf();
    Operand<TNumber> old = step.slotValue("accumulator");
    Operand<TNumber> sum = tf.math.add(old, step.squaredGradient());
    Operand<TNumber> power = step.constant(-learningRatePower);
    Operand<TNumber> grown = tf.math.sub(tf.math.pow(sum, power), tf.math.pow(old, power));
    Operand<TNumber> pull = tf.math.div(tf.math.mul(grown, step.value()), step.learningRate());
    Operand<TNumber> g =
        tf.math.add(
            step.gradient(), terms.times(step.value(), 2 * l2ShrinkageRegularizationStrength));
    Operand<TNumber> linear = tf.math.add(step.slotValue("linear"), tf.math.sub(g, pull));
    Operand<TNumber> clipped =
        tf.math.maximum(
            tf.math.minimum(linear, step.constant(l1RegularizationStrength)),
            step.constant(-l1RegularizationStrength));
    Operand<TNumber> quadratic =
        tf.math.add(tf.math.div(tf.math.pow(sum, power), step.learningRate()), terms.times(l2, 2));
    return step.assign(
        tf.math.div(tf.math.sub(clipped, linear), quadratic),
        Map.of("accumulator", sum, "linear", linear));
  }
}
