package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.List;
import java.util.Optional;

/**
 * The weight of all elements where the output says yes and the target does.
 *
 * <p>Target and output have one shape; the figure is a scalar, or a vector with an element for each
 * threshold. Source: {@code keras.metrics.TruePositives}.
 *
 * @param options name, type
 * @param thresholds outputs above one say yes; empty for the one of 0.5
 */
public record TruePositives(MetricOptions options, Optional<List<Double>> thresholds)
    implements OutcomeMetric<TruePositives> {
  /** Checks the thresholds. */
  public TruePositives {
    Thresholds.check(thresholds);
  }

  /** Returns the metric with Keras's defaults. */
  public static TruePositives of() {
    return new TruePositives(MetricOptions.of("true_positives"), Optional.empty());
  }

  /** Returns this metric with other thresholds; default 0.5. */
  public TruePositives thresholds(double... thresholds) {
    return Records.with(this, "thresholds", Thresholds.of(thresholds));
  }

  @Override
  public Outcome outcome() {
    return Outcome.TRUE_POSITIVES;
  }
}
