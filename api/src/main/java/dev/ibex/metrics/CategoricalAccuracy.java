package dev.ibex.metrics;

import dev.ibex.core.MeanMetric;
import dev.ibex.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * How often the largest output is where the target's largest is.
 *
 * <p>Targets are one-hot or probabilities, in the output's shape {@code [..., classes]}. Source:
 * {@code keras.metrics.CategoricalAccuracy}.
 *
 * @param options name, type
 */
public record CategoricalAccuracy(MetricOptions options)
    implements ConfiguredMetric<CategoricalAccuracy>, MeanMetric {
  /** Returns the metric with Keras's defaults. */
  public static CategoricalAccuracy of() {
    return new CategoricalAccuracy(MetricOptions.of("categorical_accuracy"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = Targets.argmax(tf, yTrue, DType.INT64);
    return Targets.number(tf, tf.math.equal(t, Targets.argmax(tf, yPred, DType.INT64)));
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
