package dev.ibex.metrics;

import dev.ibex.core.MeanMetric;
import dev.ibex.core.WeightSpec;
import dev.ibex.core.Weighting;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Weighted sum of the values given as outputs; targets are not looked at.
 *
 * <p>Source: {@code keras.metrics.Sum}.
 *
 * @param options name, type
 */
public record Sum(MetricOptions options) implements ConfiguredMetric<Sum> {
  /** Returns the metric with Keras's defaults. */
  public static Sum of() {
    return new Sum(MetricOptions.of("sum"));
  }

  @Override
  public List<WeightSpec> state(Shape yTrue, Shape yPred) {
    return List.of(MeanMetric.zero("total"));
  }

  @Override
  public List<Operand<TNumber>> update(Batch batch) {
    Ops tf = batch.tf();
    Operand<TNumber> values =
        Numbers.cast(tf, batch.yPred().tensor(), Numbers.dtype(batch.state().get(0)));
    Optional<Operand<TNumber>> weight = Mean.weight(batch);
    if (weight.isPresent()) {
      Weighting.Pair both = Weighting.sameRank(tf, values, weight.get());
      int from = both.second().shape().numDimensions();
      int[] more = IntStream.range(from, both.first().shape().numDimensions()).toArray();
      values = tf.math.mul(tf.sum(both.first(), tf.constant(more)), both.second());
    }
    return List.of(tf.math.add(batch.state().get(0), Weighting.sum(tf, values)));
  }

  @Override
  public Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    return state.get(0);
  }
}
