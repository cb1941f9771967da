package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.Loss;
import dev.ibex.core.Metric;
import dev.ibex.core.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a model is to learn, and how: the optimizer, and for each output a loss and metrics.
 * Immutable.
 */
public final class Compile {
  private final Optimizer optimizer;
  private final Map<String, Target> targets;
  private final int stepsPerExecution;
  private final boolean autoScaleLoss;
  private final boolean jitCompile;

  /**
   * What is asked of one output.
   *
   * @param loss what to minimise; empty for nothing
   * @param weight the loss's factor in the sum
   * @param metrics what to report
   * @param weightedMetrics what to report with the sample weights taken into account
   */
  public record Target(
      Optional<Loss> loss, double weight, List<Metric> metrics, List<Metric> weightedMetrics) {
    static final Target NOTHING = new Target(Optional.empty(), 1, List.of(), List.of());
  }

  /** The name under which what holds for every output is kept. */
  static final String EVERY = "";

  private Compile(
      Optimizer optimizer,
      Map<String, Target> targets,
      int stepsPerExecution,
      boolean autoScaleLoss,
      boolean jitCompile) {
    this.optimizer = optimizer;
    this.targets = targets;
    this.stepsPerExecution = stepsPerExecution;
    this.autoScaleLoss = autoScaleLoss;
    this.jitCompile = jitCompile;
  }

  /**
   * Returns a compilation with an optimizer and no loss yet. That may stay so where layers add
   * losses; with nothing to minimise the first training or evaluation is refused.
   */
  public static Compile with(Optimizer optimizer) {
    return new Compile(optimizer, Map.of(), 1, true, false);
  }

  /** Returns this compilation with the same loss for every output. */
  public Compile loss(Loss loss) {
    return output(EVERY, loss, 1);
  }

  /** Returns this compilation with metrics of the only output. */
  public Compile metrics(Metric... metrics) {
    Target t = targets.getOrDefault(EVERY, Target.NOTHING);
    return put(EVERY, new Target(t.loss(), t.weight(), List.of(metrics), t.weightedMetrics()));
  }

  /** Returns this compilation with a loss and metrics for an output. */
  public Compile output(String name, Loss loss, Metric... metrics) {
    return output(name, loss, 1, metrics);
  }

  /**
   * Returns this compilation with a loss, its weight in the sum, and metrics for an output; without
   * metrics those that are set stay.
   */
  public Compile output(String name, Loss loss, double weight, Metric... metrics) {
    Check.that(Double.isFinite(weight), "weight: expected a finite number, got %s", weight);
    Target t = targets.getOrDefault(name, Target.NOTHING);
    List<Metric> all = metrics.length == 0 ? t.metrics() : List.of(metrics);
    return put(name, new Target(Optional.of(loss), weight, all, t.weightedMetrics()));
  }

  /** Returns this compilation with metrics, and no loss, for an output. */
  public Compile metrics(String name, Metric... metrics) {
    Target t = targets.getOrDefault(name, Target.NOTHING);
    return put(name, new Target(t.loss(), t.weight(), List.of(metrics), t.weightedMetrics()));
  }

  /** Returns this compilation with metrics that take the sample weights into account. */
  public Compile weightedMetrics(String name, Metric... metrics) {
    Target t = targets.getOrDefault(name, Target.NOTHING);
    return put(name, new Target(t.loss(), t.weight(), t.metrics(), List.of(metrics)));
  }

  /** Returns this compilation with metrics of the only output that take weights into account. */
  public Compile weightedMetrics(Metric... metrics) {
    return weightedMetrics(EVERY, metrics);
  }

  /**
   * Returns this compilation with the loss scaled, as {@code LossScaleOptimizer} does, where a
   * layer computes in mixed_float16, or not; default true.
   */
  public Compile autoScaleLoss(boolean on) {
    return new Compile(optimizer, targets, stepsPerExecution, on, jitCompile);
  }

  /**
   * Returns this compilation with callbacks called after every n-th step of an epoch, and the last
   * one; default 1. In Keras it also saves the cost of calling each step from Python; a step is one
   * call of TensorFlow here, so there is nothing of that to save.
   */
  public Compile stepsPerExecution(int n) {
    Check.positive("stepsPerExecution", n);
    return new Compile(optimizer, targets, n, autoScaleLoss, jitCompile);
  }

  /** Returns after how many steps callbacks are called. */
  public int stepsPerExecution() {
    return stepsPerExecution;
  }

  /**
   * Returns this compilation with the steps of {@code fit} and {@code evaluate} compiled by XLA;
   * default false, because XLA's convolutions on a CPU are 7 to 30 times slower than TensorFlow's
   * own.
   *
   * <p>The first step of each batch size waits for the compiler, so also a last, smaller batch.
   * Numbers differ from those of uncompiled steps by rounding; random ones, as Dropout's, are
   * others. {@code predict} is not compiled. A step with an op that XLA lacks fails when it first
   * runs, naming layer and op. A {@code .keras} file of Ibex keeps it. It is written into all
   * files, and Keras takes it from there, but it is not read from files of Keras, which says true
   * unasked where there is a GPU, nor from {@code .h5} files, which do not say who wrote them.
   */
  public Compile jitCompile(boolean on) {
    return new Compile(optimizer, targets, stepsPerExecution, autoScaleLoss, on);
  }

  private Compile put(String name, Target target) {
    Map<String, Target> more = new LinkedHashMap<>(targets);
    more.put(name, target);
    return new Compile(optimizer, more, stepsPerExecution, autoScaleLoss, jitCompile);
  }

  /** Returns the optimizer. */
  public Optimizer optimizer() {
    return optimizer;
  }

  /** Returns whether the loss is scaled by itself in mixed_float16. */
  public boolean autoScaleLoss() {
    return autoScaleLoss;
  }

  /** Returns whether XLA compiles the steps. */
  public boolean jitCompile() {
    return jitCompile;
  }

  /**
   * Returns what is asked of each output of a model, in its order.
   *
   * @throws IllegalArgumentException if something is asked of an output that the model does not
   *     have, or metrics of no one output
   */
  public List<Target> targets(List<String> outputNames) {
    for (String name : targets.keySet()) {
      Check.that(
          name.equals(EVERY) || outputNames.contains(name),
          "output: the model has no output \"%s\"; it has %s",
          name,
          outputNames);
    }
    Target every = targets.getOrDefault(EVERY, Target.NOTHING);
    Check.that(
        outputNames.size() == 1 || (every.metrics().isEmpty() && every.weightedMetrics().isEmpty()),
        "metrics: the model has the outputs %s; say which one a metric is for by output(name, …)",
        outputNames);
    List<Target> resolved = new ArrayList<>();
    for (String name : outputNames) {
      Target t = targets.getOrDefault(name, Target.NOTHING);
      resolved.add(
          new Target(
              t.loss().or(every::loss),
              t.loss().isPresent() ? t.weight() : every.weight(),
              t.metrics().isEmpty() ? every.metrics() : t.metrics(),
              t.weightedMetrics().isEmpty() ? every.weightedMetrics() : t.weightedMetrics()));
    }
    return resolved;
  }
}
