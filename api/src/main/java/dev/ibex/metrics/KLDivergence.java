package dev.ibex.metrics;

import dev.ibex.core.Loss;

/**
 * Mean of {@link dev.ibex.losses.KLDivergence}.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.KLDivergence}.
 *
 * @param options name, type
 */
public record KLDivergence(MetricOptions options) implements LossMetric<KLDivergence> {
  /** Returns the metric with Keras's defaults. */
  public static KLDivergence of() {
    return new KLDivergence(MetricOptions.of("kl_divergence"));
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.KLDivergence.of();
  }
}
