package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Loss;
import dev.ibex.core.Records;

/**
 * Mean of {@link dev.ibex.losses.CategoricalCrossentropy}.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.CategoricalCrossentropy}.
 *
 * @param options name, type
 * @param fromLogits whether outputs are logits instead of probabilities
 * @param labelSmoothing s in [0, 1], as of the loss
 * @param axis the axis of the classes
 */
public record CategoricalCrossentropy(
    MetricOptions options, boolean fromLogits, double labelSmoothing, int axis)
    implements LossMetric<CategoricalCrossentropy> {
  /** Checks the smoothing. */
  public CategoricalCrossentropy {
    Check.rate("labelSmoothing", labelSmoothing);
  }

  /** Returns the metric with Keras's defaults. */
  public static CategoricalCrossentropy of() {
    return new CategoricalCrossentropy(MetricOptions.of("categorical_crossentropy"), false, 0, -1);
  }

  /** Returns this metric for outputs that are logits, or not; default false. */
  public CategoricalCrossentropy fromLogits(boolean on) {
    return Records.with(this, "fromLogits", on);
  }

  /** Returns this metric with smoothed targets; default 0. */
  public CategoricalCrossentropy labelSmoothing(double s) {
    return Records.with(this, "labelSmoothing", s);
  }

  /** Returns this metric with the classes along another axis; default -1. */
  public CategoricalCrossentropy axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.CategoricalCrossentropy.of()
        .fromLogits(fromLogits)
        .labelSmoothing(labelSmoothing)
        .axis(axis);
  }
}
