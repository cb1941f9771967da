package dev.ibex.metrics;

import dev.ibex.graph.DType;

/**
 * What every metric can be given.
 *
 * @param name the key in histories
 * @param dtype the type of the state
 */
public record MetricOptions(String name, DType dtype) {
  /** Returns the options of a metric with a name, kept in float32. */
  public static MetricOptions of(String name) {
    return new MetricOptions(name, DType.FLOAT32);
  }
}
