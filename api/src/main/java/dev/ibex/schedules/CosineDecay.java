package dev.ibex.schedules;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.Schedule;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Half a cosine wave from the rate down to {@code alpha} times it, after a warm-up on a line.
 *
 * <p>Source: {@code keras.optimizers.schedules.CosineDecay}.
 *
 * @param initialLearningRate the rate of step 0
 * @param decaySteps the steps of the wave, above 0
 * @param alpha the last rate as a share of the highest
 * @param name the name in files
 * @param warmupTarget the rate after the warm-up, from which the wave falls; empty for no warm-up
 * @param warmupSteps the steps of the warm-up
 */
public record CosineDecay(
    double initialLearningRate,
    double decaySteps,
    double alpha,
    String name,
    Optional<Double> warmupTarget,
    double warmupSteps)
    implements Schedule {
  /** Checks the rates and the steps. */
  public CosineDecay {
    Check.atLeastZero("initialLearningRate", initialLearningRate);
    Rates.checkSteps("decaySteps", decaySteps);
    Check.atLeastZero("warmupSteps", warmupSteps);
    warmupTarget.ifPresent(t -> Check.atLeastZero("warmupTarget", t));
  }

  /** Returns a wave down to 0 without a warm-up. */
  public static CosineDecay of(double initialLearningRate, double decaySteps) {
    return new CosineDecay(initialLearningRate, decaySteps, 0, "CosineDecay", Optional.empty(), 0);
  }

  /** Returns this decay to another share of the highest rate; default 0. */
  public CosineDecay alpha(double share) {
    return Records.with(this, "alpha", share);
  }

  /** Returns this decay after a line to a target; default none. */
  public CosineDecay warmup(double target, double steps) {
    Rates.checkSteps("warmupSteps", steps);
    return Records.with(
        Records.with(this, "warmupTarget", Optional.of(target)), "warmupSteps", steps);
  }

  /** Returns this decay under another name. */
  public CosineDecay named(String name) {
    return Records.with(this, "name", name);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TInt64> step) {
    Rates rates = new Rates(tf);
    if (warmupTarget.isEmpty()) {
      return wave(rates, rates.of(step), initialLearningRate);
    }
    double target = warmupTarget.get();
    Operand<TNumber> warm = rates.of(warmupSteps);
    Operand<TNumber> at = rates.of(step);
    Operand<TNumber> rise = tf.math.sub(rates.of(target), rates.of(initialLearningRate));
    Operand<TNumber> line =
        rates.plus(tf.math.mul(rise, tf.math.div(at, warm)), initialLearningRate);
    Operand<TBool> warming = tf.math.less(at, warm);
    return tf.select(warming, line, wave(rates, tf.math.sub(at, warm), target));
  }

  private Operand<TNumber> wave(Rates rates, Operand<TNumber> at, double highest) {
    Operand<TNumber> end = rates.of(decaySteps);
    Operand<TNumber> fraction = rates.tf().math.div(rates.tf().math.minimum(at, end), end);
    return rates.times(rates.cosine(fraction, rates.of(1), alpha), highest);
  }
}
