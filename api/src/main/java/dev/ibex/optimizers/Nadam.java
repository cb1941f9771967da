package dev.ibex.optimizers;

import dev.ibex.core.Check;
import dev.ibex.core.Key;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Records;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Adam with Nesterov's momentum. With t the step from 1, u(t) = beta1 · (1 - 0.96^t / 2) and U the
 * product of all u up to t: m and v as in Adam; w -= rate · (u(t + 1) · m / (1 - U · u(t + 1)) + (1
 * - u(t)) · g / (1 - U)) / (sqrt(v / (1 - beta2^t)) + epsilon).
 *
 * <p>Slots: {@code momentum}, {@code velocity}; one {@code u_product} for all weights. Source:
 * {@code keras.optimizers.Nadam}; Dozat, "Incorporating Nesterov Momentum into Adam", 2015.
 *
 * @param options name, learning rate, decay, clipping
 * @param beta1 decay of the mean of gradients
 * @param beta2 decay of the mean of squares
 * @param epsilon added to the denominator
 */
public record Nadam(
    OptimizerOptions options,
    @Key("beta_1") double beta1,
    @Key("beta_2") double beta2,
    double epsilon)
    implements Optimizer.Common<Nadam> {
  private static final String PRODUCT = "u_product";

  /** Checks the options. */
  public Nadam {
    Check.decay("beta1", beta1);
    Check.decay("beta2", beta2);
    Check.atLeastZero("epsilon", epsilon);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Nadam of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Nadam of(double learningRate) {
    return new Nadam(OptimizerOptions.of("nadam", learningRate), 0.9, 0.999, 1e-7);
  }

  /** Returns this optimizer with another decay of the mean of gradients; default 0.9. */
  public Nadam beta1(double beta1) {
    return Records.with(this, "beta1", beta1);
  }

  /** Returns this optimizer with another decay of the mean of squares; default 0.999. */
  public Nadam beta2(double beta2) {
    return Records.with(this, "beta2", beta2);
  }

  /** Returns this optimizer with another {@code epsilon} in the denominator; default 1e-7. */
  public Nadam epsilon(double epsilon) {
    return Records.with(this, "epsilon", epsilon);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return List.of(Slots.zeros("momentum", weight), Slots.zeros("velocity", weight));
  }

  @Override
  public List<WeightSpec> shared() {
    return List.of(Slots.filled(PRODUCT, Shape.scalar(), 1));
  }

  @Override
  public Operand<TNumber> nextShared(
      Ops tf, String name, Operand<TNumber> value, Operand<TNumber> step) {
    return tf.math.mul(value, share(tf, step));
  }

  /** Returns u of a step. */
  private Operand<TNumber> share(Ops tf, Operand<TNumber> step) {
    Operand<TNumber> power = tf.math.pow(Numbers.constant(tf, step, 0.96), step);
    Operand<TNumber> half = tf.math.mul(power, Numbers.constant(tf, step, 0.5));
    return tf.math.mul(
        tf.math.sub(Numbers.constant(tf, step, 1), half), Numbers.constant(tf, step, beta1));
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> g = step.gradient();
    Operand<TNumber> m = terms.moved(step.slotValue("momentum"), g, rounded(step, beta1));
    Operand<TNumber> v =
        terms.moved(step.slotValue("velocity"), step.squaredGradient(), rounded(step, beta2));
    Operand<TNumber> u = share(tf, step.step());
    Operand<TNumber> next = share(tf, terms.plus(step.step(), 1));
    Operand<TNumber> product = step.shared(PRODUCT);
    Operand<TNumber> ahead =
        tf.math.div(terms.times(next, m), terms.rest(terms.times(product, next)));
    Operand<TNumber> now = tf.math.div(terms.times(terms.rest(u), g), terms.rest(product));
    Operand<TNumber> size = tf.math.sqrt(tf.math.div(v, terms.rest(terms.power(beta2))));
    Operand<TNumber> change =
        tf.math.div(
            terms.times(tf.math.add(ahead, now), step.learningRate()), terms.plus(size, epsilon));
    return step.assign(terms.less(change), Map.of("momentum", m, "velocity", v));
  }

  /** Keras takes 1 - decay in the weight's type here; in half precision that would be 0. */
  private static double rounded(OptimizerStep step, double decay) {
    return step.variable().dtype() == DType.FLOAT32 ? (float) decay : decay;
  }
}
