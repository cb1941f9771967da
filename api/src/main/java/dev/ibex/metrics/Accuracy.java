package dev.ibex.metrics;

import dev.ibex.core.MeanMetric;
import dev.ibex.core.Weighting;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * How often target and output are equal.
 *
 * <p>Both hold class numbers in one shape. Source: {@code keras.metrics.Accuracy}.
 *
 * @param options name, type
 */
public record Accuracy(MetricOptions options) implements ConfiguredMetric<Accuracy>, MeanMetric {
  /** Returns the metric with Keras's defaults. */
  public static Accuracy of() {
    return new Accuracy(MetricOptions.of("accuracy"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = Numbers.cast(tf, yTrue, Numbers.dtype(yPred));
    Weighting.Pair y = Weighting.sameRank(tf, t, yPred);
    return Targets.number(tf, tf.math.equal(y.first(), y.second()));
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
