package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.List;
import java.util.Optional;

/**
 * How many of the yeses of the target the output finds; 0 where there is none.
 *
 * <p>Target and output have one shape {@code [..., classes]}; the figure is a scalar, or a vector
 * with an element for each threshold. Source: {@code keras.metrics.Recall}.
 *
 * @param options name, type
 * @param thresholds outputs above one say yes; empty for the one of 0.5, or with {@code topK} for
 *     none
 * @param topK how many of the largest outputs of a row can be a yes; empty for all
 * @param classId the only class looked at; empty for all
 */
public record Recall(
    MetricOptions options,
    Optional<List<Double>> thresholds,
    Optional<Integer> topK,
    Optional<Integer> classId)
    implements DecisionMetric<Recall> {
  /** Checks the options. */
  public Recall {
    DecisionMetric.check(thresholds, topK, classId);
  }

  /** Returns the metric with Keras's defaults. */
  public static Recall of() {
    return new Recall(
        MetricOptions.of("recall"), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns this metric with other thresholds; default 0.5. */
  public Recall thresholds(double... thresholds) {
    return Records.with(this, "thresholds", Thresholds.of(thresholds));
  }

  /** Returns this metric with only the k largest outputs of each row; default all. */
  public Recall topK(int k) {
    return Records.with(this, "topK", Optional.of(k));
  }

  /** Returns this metric of one class; default all. */
  public Recall classId(int classId) {
    return Records.with(this, "classId", Optional.of(classId));
  }

  @Override
  public List<Outcome> outcomes() {
    return List.of(Outcome.TRUE_POSITIVES, Outcome.FALSE_NEGATIVES);
  }
}
