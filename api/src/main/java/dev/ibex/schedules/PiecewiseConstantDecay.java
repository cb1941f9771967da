package dev.ibex.schedules;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.core.Schedule;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * One rate up to each boundary, inclusive, and a last one after the last.
 *
 * <p>Source: {@code keras.optimizers.schedules.PiecewiseConstantDecay}.
 *
 * @param boundaries steps, each above the one before
 * @param values rates, one more than boundaries
 * @param name the name in files
 */
public record PiecewiseConstantDecay(List<Long> boundaries, List<Double> values, String name)
    implements Schedule {
  /** Checks that the boundaries rise and the rates are one more. */
  public PiecewiseConstantDecay {
    boundaries = List.copyOf(boundaries);
    values = List.copyOf(values);
    Check.that(
        values.size() == boundaries.size() + 1 && !boundaries.isEmpty(),
        "values: expected one more than the boundaries, which are %s, got %s",
        boundaries,
        values);
    for (int i = 1; i < boundaries.size(); i++) {
      Check.that(
          boundaries.get(i - 1) < boundaries.get(i),
          "boundaries: expected rising steps, got %s; sort them, with their values",
          boundaries);
    }
    values.forEach(v -> Check.atLeastZero("values", v));
  }

  /** Returns rates that change after the given steps. */
  public static PiecewiseConstantDecay of(long[] boundaries, double... values) {
    return new PiecewiseConstantDecay(
        Arrays.stream(boundaries).boxed().toList(),
        Arrays.stream(values).boxed().toList(),
        "PiecewiseConstant");
  }

  /** Returns these rates under another name. */
  public PiecewiseConstantDecay named(String name) {
    return Records.with(this, "name", name);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TInt64> step) {
    Rates rates = new Rates(tf);
    Operand<TNumber> rate = rates.of(values.get(values.size() - 1));
    for (int i = boundaries.size() - 1; i >= 0; i--) {
      Operand<TBool> before = tf.math.lessEqual(step, tf.constant((long) boundaries.get(i)));
      rate = tf.select(before, rates.of(values.get(i)), rate);
    }
    return rate;
  }
}
