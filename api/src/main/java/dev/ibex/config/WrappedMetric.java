package dev.ibex.config;

import dev.ibex.core.Metric;
import dev.ibex.metrics.ConfiguredMetric;

/** Reads what Keras 2 made of a metric that was given by its name: the mean of a function. */
final class WrappedMetric {
  private WrappedMetric() {}

  /** Returns the metric of {@code {fn, name, dtype}}; histories have it under that name. */
  static Metric read(Place config) {
    Metric metric = (Metric) ObjectReader.read(Family.METRIC, config.need("fn"));
    Place dtype = config.at("dtype");
    if (!dtype.none() && metric instanceof ConfiguredMetric<?> typed) {
      metric = typed.dtype(ValueReader.dtype(dtype));
    }
    return config.string("name").map(metric::named).orElse(metric);
  }
}
