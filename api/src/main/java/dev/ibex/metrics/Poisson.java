package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of {@link dev.ibex.losses.Poisson}.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.Poisson}.
 *
 * @param options name, type
 */
public record Poisson(MetricOptions options) implements LossMetric<Poisson> {
  /** Returns the metric with Keras's defaults. */
  public static Poisson of() {
    return new Poisson(MetricOptions.of("poisson"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.Poisson.of();
  }
}
