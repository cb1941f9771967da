package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of |t - y|.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.MeanAbsoluteError}.
 *
 * @param options name, type
 */
public record MeanAbsoluteError(MetricOptions options) implements LossMetric<MeanAbsoluteError> {
  /** Returns the metric with Keras's defaults. */
  public static MeanAbsoluteError of() {
    return new MeanAbsoluteError(MetricOptions.of("mean_absolute_error"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.MeanAbsoluteError.of();
  }
}
