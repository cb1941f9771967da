package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import java.util.Optional;

/**
 * (1 + beta²) precision · recall / (beta² precision + recall).
 *
 * <p>Target and output {@code [batch, classes]}; the figure is a vector with an element for each
 * class, or a scalar if it is averaged. Source: {@code keras.metrics.FBetaScore}.
 *
 * @param options name, type
 * @param average how the classes become one figure; empty for one figure each
 * @param beta the weight of recall
 * @param threshold outputs above it say yes; empty where the largest of a row does
 */
public record FBetaScore(
    MetricOptions options, Optional<Averaging> average, double beta, Optional<Double> threshold)
    implements FScore<FBetaScore> {
  /** Checks the options. */
  public FBetaScore {
    Check.that(beta > 0, "beta: expected a number above 0, got %s", beta);
    FScore.check(threshold);
  }

  /** Returns the metric with Keras's defaults. */
  public static FBetaScore of() {
    return new FBetaScore(MetricOptions.of("fbeta_score"), Optional.empty(), 1, Optional.empty());
  }

  /** Returns this metric averaged over the classes; default a figure for each. */
  public FBetaScore average(Averaging average) {
    return Records.with(this, "average", Optional.of(average));
  }

  /** Returns this metric with another weight of recall; default 1. */
  public FBetaScore beta(double beta) {
    return Records.with(this, "beta", beta);
  }

  /** Returns this metric with a threshold; default that the largest output of a row says yes. */
  public FBetaScore threshold(double threshold) {
    return Records.with(this, "threshold", Optional.of(threshold));
  }
}
