package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.Optional;

/**
 * The best recall among the thresholds where the precision is high enough; 0 where it is nowhere.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.RecallAtPrecision}.
 *
 * @param options name, type
 * @param classId the only class looked at; empty for all
 * @param numThresholds how many thresholds there are, from 0 to 1
 * @param precision what the precision must be at least, from 0 to 1
 */
public record RecallAtPrecision(
    MetricOptions options, Optional<Integer> classId, int numThresholds, double precision)
    implements RateMetric<RecallAtPrecision> {
  /** Checks the options. */
  public RecallAtPrecision {
    RateMetric.check("precision", precision, numThresholds, classId);
  }

  /** Returns the metric with Keras's defaults. */
  public static RecallAtPrecision of(double precision) {
    return new RecallAtPrecision(
        MetricOptions.of("recall_at_precision"), Optional.empty(), 200, precision);
  }

  /** Returns this metric with another number of thresholds; default 200. */
  public RecallAtPrecision numThresholds(int n) {
    return Records.with(this, "numThresholds", n);
  }

  /** Returns this metric of one class; default all. */
  public RecallAtPrecision classId(int classId) {
    return Records.with(this, "classId", Optional.of(classId));
  }

  @Override
  public Rate bound() {
    return Rate.PRECISION;
  }

  @Override
  public double least() {
    return precision;
  }

  @Override
  public Rate best() {
    return Rate.SENSITIVITY;
  }
}
