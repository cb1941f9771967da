package dev.ibex.metrics;

import dev.ibex.core.MeanMetric;
import dev.ibex.core.Metric;
import dev.ibex.core.Weighting;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.family.TNumber;

/**
 * The mean of a correlation between target and output along an axis.
 *
 * @param <M> the metric's own class
 */
public interface CorrelationMetric<M extends Metric> extends ConfiguredMetric<M>, MeanMetric {
  /** Returns the axis along which the two are compared. */
  int axis();

  /** Returns the terms whose mean along the axis is the correlation. */
  Operand<TNumber> terms(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred);

  @Override
  default Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Weighting.Pair y = Targets.pair(tf, yTrue, yPred, dtype());
    return tf.math.mean(terms(tf, y.first(), y.second()), tf.constant(axis()));
  }

  /** Returns the mean along the axis, which stays with the size 1. */
  default Operand<TNumber> mean(Ops tf, Operand<TNumber> x) {
    return tf.math.mean(x, tf.constant(axis()), Mean.keepDims(true));
  }

  /** Returns the mean square of what has the mean 0. */
  default Operand<TNumber> variance(Ops tf, Operand<TNumber> centered) {
    return mean(tf, tf.math.square(centered));
  }

  @Override
  default boolean largerIsBetter() {
    return true;
  }
}
