package dev.ibex;

import dev.ibex.core.MeanMetric;
import dev.ibex.core.Metric;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/**
 * A figure that is gathered over an epoch.
 *
 * @param key the key in histories
 * @param metric what is gathered; empty for a plain mean, such as of a loss
 * @param output the output's position; -1 for the sum of all losses
 * @param weighted whether sample weights count
 * @param state total and count, or the metric's own
 */
record Tracker(
    String key, Optional<Metric> metric, int output, boolean weighted, List<Variable> state) {
  /** Returns the mean of a loss. */
  static Tracker mean(String key, int output) {
    return new Tracker(
        key,
        Optional.empty(),
        output,
        false,
        List.of(
            Variable.state(MeanMetric.zero("total"), DType.FLOAT32),
            Variable.state(MeanMetric.zero("count"), DType.FLOAT32)));
  }

  /** Returns a metric of targets and outputs of the given shapes. */
  static Tracker of(
      String key, Metric metric, int output, boolean weighted, Shape yTrue, Shape yPred) {
    List<Variable> state = new ArrayList<>();
    for (WeightSpec s : metric.state(yTrue, yPred)) {
      state.add(Variable.state(s, metric.dtype()));
    }
    return new Tracker(key, Optional.of(metric), output, weighted, state);
  }

  /**
   * Returns whether a larger value of a key, of the figures, their {@code val_…} or an element of
   * one, is better.
   */
  static boolean largerIsBetter(List<Tracker> trackers, String key) {
    String plain = key.replaceFirst("^val_", "").replaceFirst("\\[\\d+]$", "");
    return trackers.stream()
        .filter(t -> t.key().equals(plain))
        .findFirst()
        .flatMap(Tracker::metric)
        .map(Metric::largerIsBetter)
        .orElse(false);
  }
}
