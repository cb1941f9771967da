package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Metric;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The best of one rate among the thresholds where another is high enough; 0 where none is.
 *
 * @param <M> the metric's own class
 */
public interface RateMetric<M extends Metric> extends ThresholdMetric<M> {
  /** A rate at each threshold. */
  enum Rate {
    /** How many of the target's yeses are found. */
    SENSITIVITY(Outcome.TRUE_POSITIVES, Outcome.FALSE_NEGATIVES),
    /** How many of the target's noes are found. */
    SPECIFICITY(Outcome.TRUE_NEGATIVES, Outcome.FALSE_POSITIVES),
    /** How many of the output's yeses are right. */
    PRECISION(Outcome.TRUE_POSITIVES, Outcome.FALSE_POSITIVES);

    private final Outcome counted;
    private final Outcome other;

    Rate(Outcome counted, Outcome other) {
      this.counted = counted;
      this.other = other;
    }

    Operand<TNumber> of(Ops tf, List<Operand<TNumber>> state) {
      return Targets.part(tf, counted.in(state), other.in(state));
    }
  }

  /** Returns how many thresholds there are. */
  int numThresholds();

  /** Returns the rate that must be high enough. */
  Rate bound();

  /** Returns what that rate must be at least. */
  double least();

  /** Returns the rate that is reported. */
  Rate best();

  /** Checks the options of all such metrics. */
  static void check(String rate, double least, int numThresholds, Optional<Integer> classId) {
    Check.rate(rate, least);
    Check.positive("numThresholds", numThresholds);
    checkClass(classId);
  }

  /** Checks a class number. */
  static void checkClass(Optional<Integer> classId) {
    classId.ifPresent(
        i -> Check.that(i >= 0, "classId: expected a class number from 0, got %d", i));
  }

  @Override
  default List<Outcome> outcomes() {
    return Outcome.ALL;
  }

  @Override
  default List<Double> limits() {
    return numThresholds() == 1 ? List.of(0.5) : Thresholds.spaced(numThresholds(), 0, 1);
  }

  @Override
  default boolean even() {
    return numThresholds() > 1;
  }

  @Override
  default Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    return figures(tf, state);
  }

  @Override
  default Operand<TNumber> figures(Ops tf, List<Operand<TNumber>> state) {
    Operand<TNumber> bounds = bound().of(tf, state);
    Operand<TNumber> rates = best().of(tf, state);
    Operand<TNumber> feasible =
        tf.select(
            tf.math.greaterEqual(bounds, Numbers.constant(tf, bounds, least())),
            rates,
            tf.zerosLike(rates));
    return tf.max(feasible, tf.constant(0));
  }

  @Override
  default boolean largerIsBetter() {
    return true;
  }
}
