package dev.ibex;

import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.Loss;
import dev.ibex.core.LossScaling;
import dev.ibex.core.Metric;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
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
  private final Compile compile;
  private final List<Compile.Target> targets;
  private final Set<Layer> trainableLayers = new HashSet<>();
  private final OptimizerState optimizer;
  private final List<String> outputNames;
  private @Nullable List<Tracker> trackers;
  private boolean settled;

  Compiled(Model model, Compile compile, Optional<Compiled> before) {
    this.outputNames = model.outputNames();
    this.compile = compile;
    this.targets = compile.targets(outputNames);
    for (Layer layer : (Iterable<Layer>) model.flatten()::iterator) {
      if (layer.trainable()) {
        trainableLayers.add(layer);
      }
    }
    Derivatives.check(model);
    List<Variable> weights = model.weights().stream().filter(Variable::trainable).toList();
    Optional<LossScaling> scaling = scaling(compile, model);
    this.optimizer =
        before
            .map(Compiled::optimizer)
            .filter(o -> o.isOf(compile.optimizer(), scaling, weights))
            .orElseGet(() -> new OptimizerState(compile.optimizer(), scaling, weights));
  }

  /** Returns how the loss is scaled; by itself where a layer computes in mixed_float16. */
  private static Optional<LossScaling> scaling(Compile compile, Model model) {
    boolean half = model.flatten().anyMatch(l -> l.dtype() == DTypePolicy.MIXED_FLOAT16);
    Optional<LossScaling> own =
        half && compile.autoScaleLoss() ? Optional.of(LossScaling.DEFAULT) : Optional.empty();
    return compile.optimizer().lossScaling().or(() -> own);
  }

  /** Returns what was asked for. */
  Compile compile() {
    return compile;
  }

  boolean trainable(Layer layer) {
    return trainableLayers.contains(layer);
  }

  /** Returns whether XLA compiles the steps. */
  boolean jitCompile() {
    return compile.jitCompile();
  }

  OptimizerState optimizer() {
    return optimizer;
  }

  int stepsPerExecution() {
    return compile.stepsPerExecution();
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

  /** Returns what would be gathered; nothing is decided by it. */
  List<Tracker> asTracked(Binding binding, Model model) {
    return settled ? trackers() : track(binding, model);
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
    all.add(Tracker.mean("loss", -1));
    boolean several = targets.stream().filter(t -> t.loss().isPresent()).count() > 1;
    for (int i = 0; several && i < targets.size(); i++) {
      if (targets.get(i).loss().isPresent()) {
        all.add(Tracker.mean(outputNames.get(i) + "_loss", i));
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
          all.add(tracker(key, metric, i, weighted, yTrue, yPred));
        }
      }
    }
    return all;
  }

  private Tracker tracker(
      String key, Metric metric, int output, boolean weighted, Shape yTrue, Shape yPred) {
    try {
      return Tracker.of(key, metric, output, weighted, yTrue, yPred);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(
          "Metric \"" + key + "\" of output \"" + outputNames.get(output) + "\": " + e.getMessage(),
          e);
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
}
