package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.Optional;

/**
 * The best precision among the thresholds where the recall is high enough; 0 where it is nowhere.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.PrecisionAtRecall}.
 *
 * @param options name, type
 * @param classId the only class looked at; empty for all
 * @param numThresholds how many thresholds there are, from 0 to 1
 * @param recall what the recall must be at least, from 0 to 1
 */
public record PrecisionAtRecall(
    MetricOptions options, Optional<Integer> classId, int numThresholds, double recall)
    implements RateMetric<PrecisionAtRecall> {
  /** Checks the options. */
  public PrecisionAtRecall {
    RateMetric.check("recall", recall, numThresholds, classId);
  }

  /** Returns the metric with Keras's defaults. */
  public static PrecisionAtRecall of(double recall) {
    return new PrecisionAtRecall(
        MetricOptions.of("precision_at_recall"), Optional.empty(), 200, recall);
  }

  /** Returns this metric with another number of thresholds; default 200. */
  public PrecisionAtRecall numThresholds(int n) {
    return Records.with(this, "numThresholds", n);
  }

  /** Returns this metric of one class; default all. */
  public PrecisionAtRecall classId(int classId) {
    return Records.with(this, "classId", Optional.of(classId));
  }

  @Override
  public Rate bound() {
    return Rate.SENSITIVITY;
  }

  @Override
  public double least() {
    return recall;
  }

  @Override
  public Rate best() {
    return Rate.PRECISION;
  }
}
