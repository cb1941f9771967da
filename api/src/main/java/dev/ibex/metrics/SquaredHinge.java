package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of {@link dev.ibex.losses.SquaredHinge}.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.SquaredHinge}.
 *
 * @param options name, type
 */
public record SquaredHinge(MetricOptions options) implements LossMetric<SquaredHinge> {
  /** Returns the metric with Keras's defaults. */
  public static SquaredHinge of() {
    return new SquaredHinge(MetricOptions.of("squared_hinge"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.SquaredHinge.of();
  }
}
