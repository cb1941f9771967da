package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * 100 times the mean of |t - y| / max(|t|, 1e-7).
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.MeanAbsolutePercentageError}.
 *
 * @param options name, type
 */
public record MeanAbsolutePercentageError(MetricOptions options)
    implements LossMetric<MeanAbsolutePercentageError> {
  /** Returns the metric with Keras's defaults. */
  public static MeanAbsolutePercentageError of() {
    return new MeanAbsolutePercentageError(MetricOptions.of("mean_absolute_percentage_error"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.MeanAbsolutePercentageError.of();
  }
}
