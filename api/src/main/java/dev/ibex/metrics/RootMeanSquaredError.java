package dev.ibex.metrics;

import dev.ibex.core.MeanMetric;
import dev.ibex.core.RunningMean;
import dev.ibex.core.Weighting;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Square root of the mean of (t - y)².
 *
 * <p>Target and output have one shape. The output's mask is not looked at. Source: {@code
 * keras.metrics.RootMeanSquaredError}.
 *
 * @param options name, type
 */
public record RootMeanSquaredError(MetricOptions options)
    implements ConfiguredMetric<RootMeanSquaredError>, RunningMean {
  /** Returns the metric with Keras's defaults. */
  public static RootMeanSquaredError of() {
    return new RootMeanSquaredError(MetricOptions.of("root_mean_squared_error"));
  }

  @Override
  public List<Operand<TNumber>> update(Batch batch) {
    Ops tf = batch.tf();
    Weighting.Pair y = Targets.pair(batch, dtype());
    Operand<TNumber> squares = tf.math.square(tf.math.sub(y.second(), y.first()));
    return MeanMetric.add(
        batch, squares, batch.sampleWeight().map(w -> Numbers.cast(tf, w, dtype())));
  }

  @Override
  public Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    return tf.math.sqrt(RunningMean.super.result(tf, state));
  }
}
