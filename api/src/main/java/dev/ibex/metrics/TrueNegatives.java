package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.List;
import java.util.Optional;

/**
 * The weight of all elements where the output says no and the target does.
 *
 * <p>Target and output have one shape; the figure is a scalar, or a vector with an element for each
 * threshold. Source: {@code keras.metrics.TrueNegatives}.
 *
 * @param options name, type
 * @param thresholds outputs above one say yes; empty for the one of 0.5
 */
public record TrueNegatives(MetricOptions options, Optional<List<Double>> thresholds)
    implements OutcomeMetric<TrueNegatives> {
  /** Checks the thresholds. */
  public TrueNegatives {
    Thresholds.check(thresholds);
  }

  /** Returns the metric with Keras's defaults. */
  public static TrueNegatives of() {
    return new TrueNegatives(MetricOptions.of("true_negatives"), Optional.empty());
  }

  /** Returns this metric with other thresholds; default 0.5. */
  public TrueNegatives thresholds(double... thresholds) {
    return Records.with(this, "thresholds", Thresholds.of(thresholds));
  }

  @Override
  public Outcome outcome() {
    return Outcome.TRUE_NEGATIVES;
  }
}
