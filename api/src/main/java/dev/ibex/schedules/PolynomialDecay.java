package dev.ibex.schedules;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.Schedule;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The rate falls to {@code endLearningRate} within {@code decaySteps} steps: (initial - end) · (1 -
 * step / decaySteps)^power + end.
 *
 * <p>Source: {@code keras.optimizers.schedules.PolynomialDecay}.
 *
 * @param initialLearningRate the rate of step 0
 * @param decaySteps the steps to the end, above 0
 * @param endLearningRate the rate at the end
 * @param power 1 for a line
 * @param cycle whether, at the end, it begins anew with the smallest multiple of {@code decaySteps}
 *     that lies ahead
 * @param name the name in files
 */
public record PolynomialDecay(
    double initialLearningRate,
    double decaySteps,
    double endLearningRate,
    double power,
    boolean cycle,
    String name)
    implements Schedule {
  /** Checks the rates and the steps. */
  public PolynomialDecay {
    Check.atLeastZero("initialLearningRate", initialLearningRate);
    Check.atLeastZero("endLearningRate", endLearningRate);
    Rates.checkSteps("decaySteps", decaySteps);
  }

  /** Returns a line down to 0.0001. */
  public static PolynomialDecay of(double initialLearningRate, double decaySteps) {
    return new PolynomialDecay(
        initialLearningRate, decaySteps, 0.0001, 1, false, "PolynomialDecay");
  }

  /** Returns this decay to another rate; default 0.0001. */
  public PolynomialDecay endLearningRate(double rate) {
    return Records.with(this, "endLearningRate", rate);
  }

  /** Returns this decay with another power; default 1. */
  public PolynomialDecay power(double power) {
    return Records.with(this, "power", power);
  }

  /** Returns this decay, begun anew at its end or not; default false. */
  public PolynomialDecay cycle(boolean on) {
    return Records.with(this, "cycle", on);
  }

  /** Returns this decay under another name. */
  public PolynomialDecay named(String name) {
    return Records.with(this, "name", name);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TInt64> step) {
    Rates rates = new Rates(tf);
    Operand<TNumber> at = rates.of(step);
    Operand<TNumber> end = rates.of(decaySteps);
    if (cycle) {
      Operand<TNumber> cycles = tf.math.ceil(tf.math.div(at, end));
      end = tf.math.mul(end, tf.math.maximum(cycles, rates.of(1)));
    } else {
      at = tf.math.minimum(at, end);
    }
    Operand<TNumber> left = tf.math.sub(rates.of(1), tf.math.div(at, end));
    Operand<TNumber> height = tf.math.sub(rates.of(initialLearningRate), rates.of(endLearningRate));
    return tf.math.add(
        tf.math.mul(height, tf.math.pow(left, rates.of(power))), rates.of(endLearningRate));
  }
}
