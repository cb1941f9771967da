package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of {@link dev.ibex.losses.Hinge}.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.Hinge}.
 *
 * @param options name, type
 */
public record Hinge(MetricOptions options) implements LossMetric<Hinge> {
  /** Returns the metric with Keras's defaults. */
  public static Hinge of() {
    return new Hinge(MetricOptions.of("hinge"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.Hinge.of();
  }
}
