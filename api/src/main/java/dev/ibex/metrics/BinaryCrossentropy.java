package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Loss;
import dev.ibex.core.Records;

/**
 * Mean of {@link dev.ibex.losses.BinaryCrossentropy}.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.BinaryCrossentropy}.
 *
 * @param options name, type
 * @param fromLogits whether outputs are logits instead of probabilities
 * @param labelSmoothing s in [0, 1], as of the loss
 */
public record BinaryCrossentropy(MetricOptions options, boolean fromLogits, double labelSmoothing)
    implements LossMetric<BinaryCrossentropy> {
  /** Checks the smoothing. */
  public BinaryCrossentropy {
    Check.rate("labelSmoothing", labelSmoothing);
  }

  /** Returns the metric with Keras's defaults. */
  public static BinaryCrossentropy of() {
    return new BinaryCrossentropy(MetricOptions.of("binary_crossentropy"), false, 0);
  }

  /** Returns this metric for outputs that are logits, or not; default false. */
  public BinaryCrossentropy fromLogits(boolean on) {
    return Records.with(this, "fromLogits", on);
  }

  /** Returns this metric with smoothed targets; default 0. */
  public BinaryCrossentropy labelSmoothing(double s) {
    return Records.with(this, "labelSmoothing", s);
  }

  @Override
  public Loss loss() {
    return dev.ibex.losses.BinaryCrossentropy.of()
        .fromLogits(fromLogits)
        .labelSmoothing(labelSmoothing);
  }
}
