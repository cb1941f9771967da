package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of {@link dev.ibex.losses.LogCosh}.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.LogCoshError}.
 *
 * @param options name, type
 */
public record LogCoshError(MetricOptions options) implements LossMetric<LogCoshError> {
  /** Returns the metric with Keras's defaults. */
  public static LogCoshError of() {
    return new LogCoshError(MetricOptions.of("logcosh"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.LogCosh.of();
  }
}
