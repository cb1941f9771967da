package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.List;
import java.util.Optional;

/**
 * The weight of all elements where the output says no and the target yes.
 *
 * <p>Target and output have one shape; the figure is a scalar, or a vector with an element for each
 * threshold. Source: {@code keras.metrics.FalseNegatives}.
 *
 * @param options name, type
 * @param thresholds outputs above one say yes; empty for the one of 0.5
 */
public record FalseNegatives(MetricOptions options, Optional<List<Double>> thresholds)
    implements OutcomeMetric<FalseNegatives> {
  /** Checks the thresholds. */
  public FalseNegatives {
    Thresholds.check(thresholds);
  }

  /** Returns the metric with Keras's defaults. */
  public static FalseNegatives of() {
    return new FalseNegatives(MetricOptions.of("false_negatives"), Optional.empty());
  }

  /** Returns this metric with other thresholds; default 0.5. */
  public FalseNegatives thresholds(double... thresholds) {
    return Records.with(this, "thresholds", Thresholds.of(thresholds));
  }

  @Override
  public Outcome outcome() {
    return Outcome.FALSE_NEGATIVES;
  }
}
