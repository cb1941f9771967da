package dev.ibex.metrics;

import dev.ibex.core.Metric;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A metric of yes-or-no decisions: an output above a threshold says yes, a target that is not 0 is
 * a yes.
 *
 * <p>Target and output have one shape. Weights are for each sample or element. The output's mask is
 * not looked at.
 *
 * @param <M> the metric's own class
 */
public interface ThresholdMetric<M extends Metric> extends ConfiguredMetric<M> {
  /** Returns what is counted, in the order of the state. */
  List<Outcome> outcomes();

  /** Returns the thresholds. */
  List<Double> limits();

  /** Returns whether the thresholds are 0 to 1 in equal steps. */
  default boolean even() {
    return Thresholds.even(limits());
  }

  /** Returns how many of the largest outputs of a row can be a yes; empty for all. */
  default Optional<Integer> topK() {
    return Optional.empty();
  }

  /** Returns the only class looked at; empty for all. */
  default Optional<Integer> classId() {
    return Optional.empty();
  }

  private OutcomeCounts counts() {
    return new OutcomeCounts(name(), limits(), even(), topK(), classId(), false, Optional.empty());
  }

  @Override
  default List<WeightSpec> state(Shape yTrue, Shape yPred) {
    return counts().state(outcomes(), yTrue, yPred);
  }

  @Override
  default List<Operand<TNumber>> update(Batch batch) {
    return counts().update(outcomes(), batch);
  }

  /** Returns a figure for each threshold; for one threshold a scalar. */
  @Override
  default Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    Operand<TNumber> figures = figures(tf, state);
    return limits().size() == 1 ? tf.reshape(figures, tf.constant(new int[0])) : figures;
  }

  /** Returns a figure for each threshold. */
  Operand<TNumber> figures(Ops tf, List<Operand<TNumber>> state);
}
