package dev.ibex.metrics;

import dev.ibex.core.Loss;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Metric;
import dev.ibex.core.Weighting;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The weighted mean of a loss's values, computed in the output's type.
 *
 * @param <M> the metric's own class
 */
public interface LossMetric<M extends Metric> extends ConfiguredMetric<M>, MeanMetric {
  /** Returns the loss. */
  Loss loss();

  @Override
  default Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Weighting.Pair y = Targets.pair(tf, yTrue, yPred, dtype());
    return loss().values(tf, y.first(), y.second());
  }
}
