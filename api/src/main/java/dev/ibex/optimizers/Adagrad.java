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
 * Adagrad: a += g²; w -= rate · g / sqrt(a + epsilon).
 *
 * <p>Slots: {@code accumulator}. Source: {@code keras.optimizers.Adagrad}.
 *
 * @param options name, learning rate, decay, clipping
 * @param initialAccumulatorValue where the sum of squares starts
 * @param epsilon added to the denominator
 */
public record Adagrad(OptimizerOptions options, double initialAccumulatorValue, double epsilon)
    implements Optimizer.Common<Adagrad> {
  /** Checks the options. */
  public Adagrad {
    Check.atLeastZero("initialAccumulatorValue", initialAccumulatorValue);
    Check.atLeastZero("epsilon", epsilon);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.001. */
  public static Adagrad of() {
    return of(0.001);
  }

  /** Returns the optimizer with a learning rate. */
  public static Adagrad of(double learningRate) {
    return new Adagrad(OptimizerOptions.of("adagrad", learningRate), 0.1, 1e-7);
  }

  /**
   * Returns this optimizer with another {@code initialAccumulatorValue}: where the sum of squares
   * starts; default 0.1.
   */
  public Adagrad initialAccumulatorValue(double initialAccumulatorValue) {
    return Records.with(this, "initialAccumulatorValue", initialAccumulatorValue);
  }

  /**
   * Returns this optimizer with another {@code epsilon}: added to the denominator; default 1e-7.
   */
  public Adagrad epsilon(double epsilon) {
    return Records.with(this, "epsilon", epsilon);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return List.of(Slots.filled("accumulator", weight.shape(), initialAccumulatorValue));
  }

  @Override
  public Op update(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> a = tf.math.add(step.slotValue("accumulator"), step.squaredGradient());
    Operand<TNumber> change =
        tf.math.div(
            terms.times(step.learningRate(), step.gradient()),
            tf.math.sqrt(terms.plus(a, epsilon)));
    return step.assign(terms.less(change), Map.of("accumulator", a));
  }
}
