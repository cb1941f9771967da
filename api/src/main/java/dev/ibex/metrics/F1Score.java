package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.Optional;

/**
 * 2 precision · recall / (precision + recall).
 *
 * <p>Target and output {@code [batch, classes]}; the figure is a vector with an element for each
 * class, or a scalar if it is averaged. Source: {@code keras.metrics.F1Score}.
 *
 * @param options name, type
 * @param average how the classes become one figure; empty for one figure each
 * @param threshold outputs above it say yes; empty where the largest of a row does
 */
public record F1Score(
    MetricOptions options, Optional<Averaging> average, Optional<Double> threshold)
    implements FScore<F1Score> {
  /** Checks the threshold. */
  public F1Score {
    FScore.check(threshold);
  }

  /** Returns the metric with Keras's defaults. */
  public static F1Score of() {
    return new F1Score(MetricOptions.of("f1_score"), Optional.empty(), Optional.empty());
  }

  /** Returns this metric averaged over the classes; default a figure for each. */
  public F1Score average(Averaging average) {
    return Records.with(this, "average", Optional.of(average));
  }

  /** Returns this metric with a threshold; default that the largest output of a row says yes. */
  public F1Score threshold(double threshold) {
    return Records.with(this, "threshold", Optional.of(threshold));
  }

  @Override
  public double beta() {
    return 1;
  }
}
