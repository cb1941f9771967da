package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Metric;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.ndarray.Shape;

/**
 * A model's compilation: what trains was read from the layers when it was made and stays so,
 * whatever is frozen later.
 */
final class Compiled {
  private final List<Compile.Target> targets;
  private final Set<Layer> trainableLayers = new HashSet<>();
  private final OptimizerState optimizer;
  private final List<String> outputNames;
  private @Nullable List<Tracker> trackers;
  private boolean settled;

  /**
   * A figure that is gathered over an epoch.
   *
   * @param key the key in histories
   * @param metric what is gathered; empty for a loss, which is a plain mean
   * @param output the output's position; -1 for the sum of all losses
   * @param weighted whether sample weights count
   * @param state total and count, or the metric's own
   */
  record Tracker(
      String key, Optional<Metric> metric, int output, boolean weighted, List<Variable> state) {}

  Compiled(Model model, Compile compile, Optional<Compiled> before) {
    this.outputNames = model.outputNames();
    this.targets = compile.resolve(outputNames);
    for (Layer layer : (Iterable<Layer>) model.flatten()::iterator) {
      Check.that(
          layer.dtype() != DTypePolicy.MIXED_FLOAT16,
          "%s: training in mixed_float16 needs a scaled loss, which is not supported; predict with"
              + " it, or use mixed_bfloat16 to train",
          layer.label());
      if (layer.trainable()) {
        trainableLayers.add(layer);
      }
    }
    List<Variable> weights = model.weights().stream().filter(Variable::trainable).toList();
    this.optimizer =
        before
            .map(Compiled::optimizer)
            .filter(o -> o.optimizer() == compile.optimizer() && o.weights().equals(weights))
            .orElseGet(() -> new OptimizerState(compile.optimizer(), weights));
  }

  boolean trainable(Layer layer) {
    return trainableLayers.contains(layer);
  }

  OptimizerState optimizer() {
    return optimizer;
  }

  Compile.Target target(int output) {
    return targets.get(output);
  }

  /** Returns for each output whether the data must have a target for it. */
  List<Boolean> needed() {
    return targets.stream()
        .map(t -> t.loss().isPresent() || !t.metrics().isEmpty() || !t.weightedMetrics().isEmpty())
        .toList();
  }

  /** Checks targets against the losses before anything runs. */
  void check(Binding binding, Model model) {
    for (int i = 0; i < targets.size(); i++) {
      Optional<Loss> loss = targets.get(i).loss();
      Optional<Array> y = binding.targets().get(i);
      if (loss.isPresent() && y.isPresent()) {
        loss.get().check(outputNames.get(i), y.get(), model.outputs().get(i).spec().shape());
      }
    }
  }

  /** Returns what is gathered; metrics are resolved by the first data's shapes. */
  List<Tracker> trackers(Binding binding, Model model) {
    if (trackers == null) {
      trackers = track(binding, model);
    }
    return trackers;
  }

  /** Notes that a function was emitted for the first data: what it decided stays. */
  void settle() {
    settled = true;
  }

  /** Forgets what the first data decided, if no function could be emitted for it. */
  void unsettle() {
    if (!settled) {
      trackers = null;
    }
  }

  /** Returns what is gathered, once the first data has decided it. */
  List<Tracker> trackers() {
    return java.util.Objects.requireNonNull(trackers, "no data was seen yet");
  }

  private List<Tracker> track(Binding binding, Model model) {
    List<Tracker> all = new ArrayList<>();
    all.add(lossTracker("loss", -1));
    boolean several = targets.stream().filter(t -> t.loss().isPresent()).count() > 1;
    for (int i = 0; several && i < targets.size(); i++) {
      if (targets.get(i).loss().isPresent()) {
        all.add(lossTracker(outputNames.get(i) + "_loss", i));
      }
    }
    Map<String, Integer> taken = new HashMap<>();
    for (boolean weighted : new boolean[] {false, true}) {
      for (int i = 0; i < targets.size(); i++) {
        Compile.Target t = targets.get(i);
        for (Metric m : weighted ? t.weightedMetrics() : t.metrics()) {
          Shape yTrue = binding.targets().get(i).orElseThrow().shape();
          Shape yPred = model.outputs().get(i).shape();
          Metric metric = m.resolve(Shape.of(-1).append(yTrue.tail()), yPred);
          String prefix = targets.size() == 1 ? "" : outputNames.get(i) + "_";
          String key = key(taken, prefix, m.name(), weighted);
          List<Variable> state = state(metric, yTrue, yPred, key, outputNames.get(i));
          all.add(new Tracker(key, Optional.of(metric), i, weighted, state));
        }
      }
    }
    return all;
  }

  private static List<Variable> state(
      Metric metric, Shape yTrue, Shape yPred, String key, String output) {
    try {
      return metric.state(yTrue, yPred).stream()
          .map(s -> Variable.state(s, metric.dtype()))
          .toList();
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Metric \"" + key + "\" of output \"" + output + "\": " + e.getMessage(), e);
    }
  }

  /** Numbers repeated keys; a weighted metric whose key is taken is called weighted first. */
  private static String key(
      Map<String, Integer> taken, String prefix, String name, boolean weighted) {
    String key = prefix + name;
    if (weighted && taken.containsKey(key)) {
      key = prefix + "weighted_" + name;
    }
    Integer used = taken.merge(key, 1, Integer::sum);
    return used == 1 ? key : key + "_" + (used - 1);
  }

  private static Tracker lossTracker(String key, int output) {
    return new Tracker(
        key,
        Optional.empty(),
        output,
        false,
        List.of(
            Variable.state(MeanMetric.zero("total"), DType.FLOAT32),
            Variable.state(MeanMetric.zero("count"), DType.FLOAT32)));
  }

  /** Returns whether a larger value of a key is better; an element's key is its figure's. */
  boolean largerIsBetter(String key) {
    String plain = key.replaceFirst("^val_", "").replaceFirst("\\[\\d+]$", "");
    if (trackers != null) {
      for (Tracker t : trackers) {
        if (t.key().equals(plain)) {
          return t.metric().map(Metric::largerIsBetter).orElse(false);
        }
      }
    }
    return false;
  }
}
