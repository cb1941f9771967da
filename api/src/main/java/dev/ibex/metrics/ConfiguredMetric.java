package dev.ibex.metrics;

import dev.ibex.core.Metric;
import dev.ibex.core.Records;
import dev.ibex.graph.DType;

/**
 * A metric that is a record with {@link MetricOptions} as its component {@code options}: what
 * Keras's metrics have in common.
 *
 * @param <M> the metric's own class
 */
public interface ConfiguredMetric<M extends Metric> extends Metric {
  /** Returns the common options. */
  MetricOptions options();

  @Override
  default String name() {
    return options().name();
  }

  @Override
  default DType dtype() {
    return options().dtype();
  }

  @Override
  default M named(String name) {
    return option("name", name);
  }

  /** Returns this metric with its state in another type; default float32. */
  default M dtype(DType dtype) {
    return option("dtype", dtype);
  }

  @SuppressWarnings("unchecked")
  private M option(String component, Object value) {
    Record copy = Records.with((Record) this, "options", Records.with(options(), component, value));
    return (M) copy;
  }
}
