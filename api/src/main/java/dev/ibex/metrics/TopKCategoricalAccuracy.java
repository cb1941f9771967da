package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Records;
import dev.ibex.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * How often the target's largest class is among the k largest outputs.
 *
 * <p>Target and output {@code [..., classes]}. Source: {@code
 * keras.metrics.TopKCategoricalAccuracy}.
 *
 * @param options name, type
 * @param k how many outputs are looked at
 */
public record TopKCategoricalAccuracy(MetricOptions options, int k)
    implements ConfiguredMetric<TopKCategoricalAccuracy>, MeanMetric {
  /** Checks k. */
  public TopKCategoricalAccuracy {
    Check.positive("k", k);
  }

  /** Returns the metric with Keras's defaults. */
  public static TopKCategoricalAccuracy of() {
    return new TopKCategoricalAccuracy(MetricOptions.of("top_k_categorical_accuracy"), 5);
  }

  /** Returns this metric with another k; default 5. */
  public TopKCategoricalAccuracy k(int k) {
    return Records.with(this, "k", k);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    return Targets.inTopK(tf, Targets.argmax(tf, yTrue, DType.INT32), yPred, k);
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
