package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.Optional;

/**
 * The best specificity among the thresholds where the sensitivity is high enough; 0 where it is
 * nowhere.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.SpecificityAtSensitivity}.
 *
 * @param options name, type
 * @param classId the only class looked at; empty for all
 * @param numThresholds how many thresholds there are, from 0 to 1
 * @param sensitivity what the sensitivity must be at least, from 0 to 1
 */
public record SpecificityAtSensitivity(
    MetricOptions options, Optional<Integer> classId, int numThresholds, double sensitivity)
    implements RateMetric<SpecificityAtSensitivity> {
  /** Checks the options. */
  public SpecificityAtSensitivity {
    RateMetric.check("sensitivity", sensitivity, numThresholds, classId);
  }

  /** Returns the metric with Keras's defaults. */
  public static SpecificityAtSensitivity of(double sensitivity) {
    return new SpecificityAtSensitivity(
        MetricOptions.of("specificity_at_sensitivity"), Optional.empty(), 200, sensitivity);
  }

  /** Returns this metric with another number of thresholds; default 200. */
  public SpecificityAtSensitivity numThresholds(int n) {
    return Records.with(this, "numThresholds", n);
  }

  /** Returns this metric of one class; default all. */
  public SpecificityAtSensitivity classId(int classId) {
    return Records.with(this, "classId", Optional.of(classId));
  }

  @Override
  public Rate bound() {
    return Rate.SENSITIVITY;
  }

  @Override
  public double least() {
    return sensitivity;
  }

  @Override
  public Rate best() {
    return Rate.SPECIFICITY;
  }
}
