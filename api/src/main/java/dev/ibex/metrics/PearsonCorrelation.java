package dev.ibex.metrics;

import dev.ibex.core.Records;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of mean((t - mean(t)) (y - mean(y))) / (std(t) std(y)) along an axis; NaN where one is
 * constant.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.PearsonCorrelation}.
 *
 * @param options name, type
 * @param axis the axis along which the two are compared
 */
public record PearsonCorrelation(MetricOptions options, int axis)
    implements CorrelationMetric<PearsonCorrelation> {
  /** Returns the metric with Keras's defaults. */
  public static PearsonCorrelation of() {
    return new PearsonCorrelation(MetricOptions.of("pearson_correlation"), -1);
  }

  /** Returns this metric along another axis; default -1. */
  public PearsonCorrelation axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Operand<TNumber> terms(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = standardized(tf, yTrue);
    return tf.math.mul(t, standardized(tf, yPred));
  }

  private Operand<TNumber> standardized(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> centered = tf.math.sub(x, mean(tf, x));
    return tf.math.div(centered, tf.math.sqrt(variance(tf, centered)));
  }
}
