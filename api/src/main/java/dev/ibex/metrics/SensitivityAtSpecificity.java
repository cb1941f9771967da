package dev.ibex.metrics;

import dev.ibex.core.Records;
import java.util.Optional;

/**
 * The best sensitivity among the thresholds where the specificity is high enough; 0 where it is
 * nowhere.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.SensitivityAtSpecificity}.
 *
 * @param options name, type
 * @param classId the only class looked at; empty for all
 * @param numThresholds how many thresholds there are, from 0 to 1
 * @param specificity what the specificity must be at least, from 0 to 1
 */
public record SensitivityAtSpecificity(
    MetricOptions options, Optional<Integer> classId, int numThresholds, double specificity)
    implements RateMetric<SensitivityAtSpecificity> {
  /** Checks the options. */
  public SensitivityAtSpecificity {
    RateMetric.check("specificity", specificity, numThresholds, classId);
  }

  /** Returns the metric with Keras's defaults. */
  public static SensitivityAtSpecificity of(double specificity) {
    return new SensitivityAtSpecificity(
        MetricOptions.of("sensitivity_at_specificity"), Optional.empty(), 200, specificity);
  }

  /** Returns this metric with another number of thresholds; default 200. */
  public SensitivityAtSpecificity numThresholds(int n) {
    return Records.with(this, "numThresholds", n);
  }

  /** Returns this metric of one class; default all. */
  public SensitivityAtSpecificity classId(int classId) {
    return Records.with(this, "classId", Optional.of(classId));
  }

  @Override
  public Rate bound() {
    return Rate.SPECIFICITY;
  }

  @Override
  public double least() {
    return specificity;
  }

  @Override
  public Rate best() {
    return Rate.SENSITIVITY;
  }
}
