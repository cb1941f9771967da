package dev.ibex.schedules;

import dev.ibex.core.Check;
import dev.ibex.core.Key;
import dev.ibex.core.Records;
import dev.ibex.core.Schedule;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Half a cosine wave, again and again, each longer and lower than the last.
 *
 * <p>Source: {@code keras.optimizers.schedules.CosineDecayRestarts}.
 *
 * @param initialLearningRate the rate of step 0
 * @param firstDecaySteps the steps of the first wave, above 0
 * @param tMul how many times longer each wave is than the last
 * @param mMul how many times higher each wave begins than the last
 * @param alpha the last rate of a wave as a share of {@code initialLearningRate}
 * @param name the name in files
 */
public record CosineDecayRestarts(
    double initialLearningRate,
    double firstDecaySteps,
    @Key("t_mul") double tMul,
    @Key("m_mul") double mMul,
    double alpha,
    String name)
    implements Schedule {
  /** Checks the rates and the steps. */
  public CosineDecayRestarts {
    Check.atLeastZero("initialLearningRate", initialLearningRate);
    Rates.checkSteps("firstDecaySteps", firstDecaySteps);
    Check.that(tMul >= 1, "tMul: expected a number of at least 1, got %s", tMul);
    Check.atLeastZero("mMul", mMul);
  }

  /** Returns waves of equal height down to 0, each twice as long as the last. */
  public static CosineDecayRestarts of(double initialLearningRate, double firstDecaySteps) {
    return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, 2, 1, 0, "SGDRDecay");
  }

  /** Returns this decay with waves of another growth in length; default 2. */
  public CosineDecayRestarts tMul(double times) {
    return Records.with(this, "tMul", times);
  }

  /** Returns this decay with waves of another growth in height; default 1. */
  public CosineDecayRestarts mMul(double times) {
    return Records.with(this, "mMul", times);
  }

  /** Returns this decay to another share of the first rate; default 0. */
  public CosineDecayRestarts alpha(double share) {
    return Records.with(this, "alpha", share);
  }

  /** Returns this decay under another name. */
  public CosineDecayRestarts named(String name) {
    return Records.with(this, "name", name);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TInt64> step) {
    Rates rates = new Rates(tf);
    Operand<TNumber> passed = rates.passed(step, firstDecaySteps, false);
    Operand<TNumber> restarts;
    Operand<TNumber> fraction;
    if (tMul == 1) {
      restarts = tf.math.floor(passed);
      fraction = tf.math.sub(passed, restarts);
    } else {
      // the lengths of the waves are a geometric series
      Operand<TNumber> grown = tf.math.sub(rates.of(1), rates.times(passed, 1 - tMul));
      restarts = tf.math.floor(tf.math.div(tf.math.log(grown), tf.math.log(rates.of(tMul))));
      Operand<TNumber> length = tf.math.pow(rates.of(tMul), restarts);
      Operand<TNumber> before = tf.math.div(tf.math.sub(rates.of(1), length), rates.of(1 - tMul));
      fraction = tf.math.div(tf.math.sub(passed, before), length);
    }
    Operand<TNumber> height = tf.math.pow(rates.of(mMul), restarts);
    return rates.times(rates.cosine(fraction, height, alpha), initialLearningRate);
  }
}
