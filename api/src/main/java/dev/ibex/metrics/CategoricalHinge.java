package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of {@link dev.ibex.losses.CategoricalHinge}.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.CategoricalHinge}.
 *
 * @param options name, type
 */
public record CategoricalHinge(MetricOptions options) implements LossMetric<CategoricalHinge> {
  /** Returns the metric with Keras's defaults. */
  public static CategoricalHinge of() {
    return new CategoricalHinge(MetricOptions.of("categorical_hinge"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.CategoricalHinge.of();
  }
}
