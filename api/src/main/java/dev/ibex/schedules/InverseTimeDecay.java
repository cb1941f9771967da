package dev.ibex.schedules;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.Schedule;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The rate divided by a line: initial / (1 + decayRate · step / decaySteps).
 *
 * <p>Source: {@code keras.optimizers.schedules.InverseTimeDecay}.
 *
 * @param initialLearningRate the rate of step 0
 * @param decaySteps the steps after which {@code decayRate} has acted once, above 0
 * @param decayRate how strongly it decays
 * @param staircase whether the rate changes only at multiples of {@code decaySteps}
 * @param name the name in files
 */
public record InverseTimeDecay(
    double initialLearningRate, double decaySteps, double decayRate, boolean staircase, String name)
    implements Schedule {
  /** Checks the steps. */
  public InverseTimeDecay {
    Check.atLeastZero("initialLearningRate", initialLearningRate);
    Rates.checkSteps("decaySteps", decaySteps);
  }

  /** Returns a smooth decay. */
  public static InverseTimeDecay of(
      double initialLearningRate, double decaySteps, double decayRate) {
    return new InverseTimeDecay(
        initialLearningRate, decaySteps, decayRate, false, "InverseTimeDecay");
  }

  /** Returns this decay in steps; default false. */
  public InverseTimeDecay staircase(boolean on) {
    return Records.with(this, "staircase", on);
  }

  /** Returns this decay under another name. */
  public InverseTimeDecay named(String name) {
    return Records.with(this, "name", name);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TInt64> step) {
    Rates rates = new Rates(tf);
    Operand<TNumber> passed = rates.passed(step, decaySteps, staircase);
    return rates
        .tf()
        .math
        .div(rates.of(initialLearningRate), rates.plus(rates.times(passed, decayRate), 1));
  }
}
