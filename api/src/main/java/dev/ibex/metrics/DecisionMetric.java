package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Metric;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * What {@link Precision} and {@link Recall} share: the part of the first outcome in both.
 *
 * @param <M> the metric's own class
 */
public interface DecisionMetric<M extends Metric> extends ThresholdMetric<M> {
  /** Returns the thresholds that were chosen; empty for the default. */
  Optional<List<Double>> thresholds();

  /** Checks the options of both. */
  static void check(
      Optional<List<Double>> thresholds, Optional<Integer> topK, Optional<Integer> classId) {
    Thresholds.check(thresholds);
    topK.ifPresent(k -> Check.positive("topK", k));
    RateMetric.checkClass(classId);
  }

  @Override
  default List<Double> limits() {
    return thresholds().orElse(List.of(topK().isPresent() ? OutcomeCounts.LOWEST : 0.5));
  }

  @Override
  default Operand<TNumber> figures(Ops tf, List<Operand<TNumber>> state) {
    return Targets.part(tf, state.get(0), state.get(1));
  }

  @Override
  default boolean largerIsBetter() {
    return true;
  }
}
