package dev.ibex.schedules;

import dev.ibex.core.Check;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** Expressions in float32, in which Keras computes learning rates. */
record Rates(Ops tf) {
  Operand<TNumber> of(double value) {
    return Numbers.constant(tf, DType.FLOAT32, value);
  }

  Operand<TNumber> of(Operand<TInt64> step) {
    return Numbers.cast(tf, step, DType.FLOAT32);
  }

  Operand<TNumber> plus(Operand<TNumber> x, double c) {
    return tf.math.add(x, of(c));
  }

  Operand<TNumber> times(Operand<TNumber> x, double c) {
    return tf.math.mul(x, of(c));
  }

  /** Returns how often a number of steps has passed; whole times only, if in a staircase. */
  Operand<TNumber> passed(Operand<TInt64> step, double steps, boolean staircase) {
    Operand<TNumber> p = tf.math.div(of(step), of(steps));
    return staircase ? tf.math.floor(p) : p;
  }

  /** Returns half a cosine wave from 1 at 0 down to {@code alpha} at 1. */
  Operand<TNumber> cosine(Operand<TNumber> fraction, Operand<TNumber> height, double alpha) {
    Operand<TNumber> wave = plus(tf.math.cos(times(fraction, Math.PI)), 1);
    Operand<TNumber> decayed = tf.math.mul(times(height, 0.5), wave);
    return plus(times(decayed, 1 - alpha), alpha);
  }

  static void checkSteps(String name, double steps) {
    Check.that(
        steps > 0 && Double.isFinite(steps), "%s: expected a positive number, got %s", name, steps);
  }
}
