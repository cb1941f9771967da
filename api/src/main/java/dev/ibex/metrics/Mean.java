package dev.ibex.metrics;

import dev.ibex.core.MeanMetric;
import dev.ibex.core.Reduction;
import dev.ibex.core.RunningMean;
import dev.ibex.core.Weighting;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * Weighted mean of the values given as outputs; targets are not looked at.
 *
 * <p>A sample's value is the mean of its elements. Source: {@code keras.metrics.Mean}.
 *
 * @param options name, type
 */
public record Mean(MetricOptions options) implements ConfiguredMetric<Mean>, RunningMean {
  /** Returns the metric with Keras's defaults. */
  public static Mean of() {
    return new Mean(MetricOptions.of("mean"));
  }

  @Override
  public List<Operand<TNumber>> update(Batch batch) {
    return MeanMetric.add(batch, values(batch), weight(batch));
  }

  private static Operand<TNumber> values(Batch batch) {
    return Numbers.cast(batch.tf(), batch.yPred().tensor(), Numbers.dtype(batch.state().get(0)));
  }

  /** Returns the weights in the type of the state; a mask counts only beside weights. */
  static Optional<Operand<TNumber>> weight(Batch batch) {
    DType dtype = Numbers.dtype(batch.state().get(0));
    return batch
        .sampleWeight()
        .map(w -> Numbers.cast(batch.tf(), w, dtype))
        .flatMap(
            w ->
                Weighting.masked(
                    batch.tf(), Optional.of(w), batch.yPred().mask(), dtype, Reduction.SUM));
  }
}
