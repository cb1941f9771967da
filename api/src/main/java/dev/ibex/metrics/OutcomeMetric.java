package dev.ibex.metrics;

import dev.ibex.core.Metric;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The count of one outcome at each threshold.
 *
 * @param <M> the metric's own class
 */
public interface OutcomeMetric<M extends Metric> extends ThresholdMetric<M> {
  /** Returns what is counted. */
  Outcome outcome();

  /** Returns the thresholds that were chosen; empty for the one of 0.5. */
  Optional<List<Double>> thresholds();

  @Override
  default List<Outcome> outcomes() {
    return List.of(outcome());
  }

  @Override
  default List<Double> limits() {
    return thresholds().orElse(List.of(0.5));
  }

  @Override
  default Operand<TNumber> figures(Ops tf, List<Operand<TNumber>> state) {
    return state.get(0);
  }

  /** Returns whether the outcome is a right one. */
  @Override
  default boolean largerIsBetter() {
    return outcome().label == outcome().decision;
  }
}
