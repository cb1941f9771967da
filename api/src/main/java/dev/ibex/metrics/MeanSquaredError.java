package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of (t - y)².
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.MeanSquaredError}.
 *
 * @param options name, type
 */
public record MeanSquaredError(MetricOptions options) implements LossMetric<MeanSquaredError> {
  /** Returns the metric with Keras's defaults. */
  public static MeanSquaredError of() {
    return new MeanSquaredError(MetricOptions.of("mean_squared_error"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.MeanSquaredError.of();
  }
}
