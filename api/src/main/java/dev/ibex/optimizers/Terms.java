package dev.ibex.optimizers;

import dev.ibex.core.OptimizerStep;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Expressions of one step, for optimizers that no fused kernel equals. */
final class Terms {
  private final OptimizerStep step;
  private final Ops tf;

  Terms(OptimizerStep step) {
    this.step = step;
    this.tf = step.tf();
  }

  /** Returns x · c. */
  Operand<TNumber> times(Operand<TNumber> x, double c) {
    return tf.math.mul(x, step.constant(c));
  }

  /** Returns x · y. */
  Operand<TNumber> times(Operand<TNumber> x, Operand<TNumber> y) {
    return tf.math.mul(x, y);
  }

  /** Returns x + c. */
  Operand<TNumber> plus(Operand<TNumber> x, double c) {
    return tf.math.add(x, step.constant(c));
  }

  /** Returns 1 - x. */
  Operand<TNumber> rest(Operand<TNumber> x) {
    return tf.math.sub(step.constant(1), x);
  }

  /** Returns base to the number of this step, counted from 1. */
  Operand<TNumber> power(double base) {
    return tf.math.pow(step.constant(base), step.step());
  }

  /** Returns a moving average one step on: old + (x - old) · (1 - decay). */
  Operand<TNumber> moved(Operand<TNumber> old, Operand<TNumber> x, double decay) {
    return tf.math.add(old, times(tf.math.sub(x, old), 1 - decay));
  }

  /** Returns old · decay + x · (1 - decay). */
  Operand<TNumber> mixed(Operand<TNumber> old, Operand<TNumber> x, double decay) {
    return tf.math.add(times(old, decay), times(x, 1 - decay));
  }

  /** Returns the weight less x. */
  Operand<TNumber> less(Operand<TNumber> x) {
    return tf.math.sub(step.value(), x);
  }
}
