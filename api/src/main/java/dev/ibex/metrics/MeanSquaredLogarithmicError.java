package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of (log(1 + y) - log(1 + t))²; t and y are at least 1e-7.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.MeanSquaredLogarithmicError}.
 *
 * @param options name, type
 */
public record MeanSquaredLogarithmicError(MetricOptions options)
    implements LossMetric<MeanSquaredLogarithmicError> {
  /** Returns the metric with Keras's defaults. */
  public static MeanSquaredLogarithmicError of() {
    return new MeanSquaredLogarithmicError(MetricOptions.of("mean_squared_logarithmic_error"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.MeanSquaredLogarithmicError.of();
  }
}
