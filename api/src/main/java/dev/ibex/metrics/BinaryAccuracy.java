package dev.ibex.metrics;

import dev.ibex.core.MeanMetric;
import dev.ibex.core.Records;
import dev.ibex.core.Weighting;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * How often the outputs are on the target's side of a threshold.
 *
 * <p>Targets are 0 or 1, in the output's shape. Source: {@code keras.metrics.BinaryAccuracy}.
 *
 * @param options name, type
 * @param threshold outputs above it count as 1
 */
public record BinaryAccuracy(MetricOptions options, double threshold)
    implements ConfiguredMetric<BinaryAccuracy>, MeanMetric {
  /** Returns the metric with Keras's defaults. */
  public static BinaryAccuracy of() {
    return new BinaryAccuracy(MetricOptions.of("binary_accuracy"), 0.5);
  }

  /** Returns this metric with another threshold; default 0.5. */
  public BinaryAccuracy threshold(double threshold) {
    return Records.with(this, "threshold", threshold);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Weighting.Pair y = Weighting.sameRank(tf, yTrue, yPred);
    Operand<TNumber> p =
        Numbers.dtype(yPred).bytes() < 4 ? Numbers.cast(tf, y.second(), DType.FLOAT32) : y.second();
    Operand<TNumber> side =
        Numbers.cast(
            tf, tf.math.greater(p, Numbers.constant(tf, p, threshold)), Numbers.dtype(yTrue));
    return Targets.number(tf, tf.math.equal(y.first(), side));
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
