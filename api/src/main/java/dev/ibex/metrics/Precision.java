package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.List;
import java.util.Optional;

/**
 * How many of the yeses of the output are right; 0 where there is none.
 *
 * <p>Target and output have one shape {@code [..., classes]}; the figure is a scalar, or a vector
 * with an element for each threshold. Source: {@code keras.metrics.Precision}.
 *
 * @param options name, type
 * @param thresholds outputs above one say yes; empty for the one of 0.5, or with {@code topK} for
 *     none
 * @param topK how many of the largest outputs of a row can be a yes; empty for all
 * @param classId the only class looked at; empty for all
 */
public record Precision(
    MetricOptions options,
    Optional<List<Double>> thresholds,
    Optional<Integer> topK,
    Optional<Integer> classId)
    implements DecisionMetric<Precision> {
  /** Checks the options. */
  public Precision {
    DecisionMetric.check(thresholds, topK, classId);
  }

  /** Returns the metric with Keras's defaults. */
  public static Precision of() {
    return new Precision(
        MetricOptions.of("precision"), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns this metric with other thresholds; default 0.5. */
  public Precision thresholds(double... thresholds) {
    return Records.with(this, "thresholds", Thresholds.of(thresholds));
  }

  /** Returns this metric with only the k largest outputs of each row; default all. */
  public Precision topK(int k) {
    return Records.with(this, "topK", Optional.of(k));
  }

  /** Returns this metric of one class; default all. */
  public Precision classId(int classId) {
    return Records.with(this, "classId", Optional.of(classId));
  }

  @Override
  public List<Outcome> outcomes() {
    return List.of(Outcome.TRUE_POSITIVES, Outcome.FALSE_POSITIVES);
  }
}
