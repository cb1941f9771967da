package dev.ibex.metrics;

import dev.ibex.core.Records;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Lin's concordance: mean of 2 cov(t, y) / (var(t) + var(y) + (mean(t) - mean(y))² + 1e-7) along an
 * axis.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.ConcordanceCorrelation}.
 *
 * @param options name, type
 * @param axis the axis along which the two are compared
 */
public record ConcordanceCorrelation(MetricOptions options, int axis)
    implements CorrelationMetric<ConcordanceCorrelation> {
  /** Returns the metric with Keras's defaults. */
  public static ConcordanceCorrelation of() {
    return new ConcordanceCorrelation(MetricOptions.of("concordance_correlation"), -1);
  }

  /** Returns this metric along another axis; default -1. */
  public ConcordanceCorrelation axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Operand<TNumber> terms(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = mean(tf, yTrue);
    Operand<TNumber> y = mean(tf, yPred);
    Operand<TNumber> centered = tf.math.sub(yPred, y);
    // Keras takes the output's mean from both; the mean of the product is the covariance all the
    // same
    Operand<TNumber> product = tf.math.mul(tf.math.sub(yTrue, y), centered);
    Operand<TNumber> variances =
        tf.math.add(variance(tf, tf.math.sub(yTrue, t)), variance(tf, centered));
    Operand<TNumber> norm = tf.math.add(variances, tf.math.squaredDifference(t, y));
    Operand<TNumber> whole = tf.math.add(norm, Numbers.constant(tf, norm, Targets.EPSILON));
    return tf.math.div(tf.math.mul(Numbers.constant(tf, norm, 2), product), whole);
  }
}
