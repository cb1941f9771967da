package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.LossScaling;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.Schedule;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.tensorflow.ndarray.Shape;

/** The state of one optimizer for the weights of one compiled model, in the order of files. */
final class OptimizerState {
  private final Optimizer optimizer;
  private final List<Variable> weights;
  private final Variable iteration = scalar("iteration", DType.INT64, 0);
  private final Optional<Variable> learningRate;
  private final Map<Variable, Variable> averages = new LinkedHashMap<>();
  private final Map<Variable, Variable> accumulators = new LinkedHashMap<>();
  private final Map<Variable, List<Variable>> slots = new LinkedHashMap<>();
  private final List<Variable> shared = new ArrayList<>();
  private final Optional<Scaling> scaling;
  private final Optional<LossScaling> asked;

  /**
   * What scaling a loss keeps; Keras's scaling optimizer has an iteration and a learning rate that
   * it never uses.
   *
   * @param growthSteps the finite steps after which the scale doubles
   */
  record Scaling(
      int growthSteps, Variable iteration, Variable rate, Variable counter, Variable scale) {
    static Scaling of(LossScaling s) {
      return new Scaling(
          s.growthSteps(),
          scalar("iteration", DType.INT64, 0),
          scalar("learning_rate", DType.FLOAT32, 0),
          scalar("step_counter", DType.INT64, 0),
          scalar("dynamic_scale", DType.FLOAT32, s.initialScale()));
    }

    List<Variable> variables() {
      return List.of(iteration, rate, counter, scale);
    }
  }

  OptimizerState(Optimizer optimizer, Optional<LossScaling> scaling, List<Variable> weights) {
    this.optimizer = optimizer;
    this.weights = List.copyOf(weights);
    this.asked = scaling;
    OptimizerOptions options = optimizer.options();
    Check.that(
        options.useEma()
            || (options.emaOverwriteFrequency().isEmpty() && options.emaMomentum() == 0.99),
        "emaMomentum, emaOverwriteFrequency: there are no averages without useEma(true)");
    Check.that(
        scaling.isEmpty() || options.lossScaleFactor().isEmpty(),
        "lossScaleFactor: the loss is scaled already, as mixed_float16 needs it; remove the factor,"
            + " or compile with autoScaleLoss(false)");
    this.learningRate =
        options.learningRate() instanceof Schedule.Constant c
            ? Optional.of(scalar("learning_rate", DType.FLOAT32, c.rate()))
            : Optional.empty();
    this.scaling = scaling.map(Scaling::of);
    for (Variable w : weights) {
      if (options.useEma()) {
        averages.put(w, like(w, "average"));
      }
      if (options.gradientAccumulationSteps().isPresent()) {
        accumulators.put(w, like(w, "gradient_accumulator"));
      }
      List<Variable> own = new ArrayList<>();
      for (WeightSpec spec : optimizer.slots(w)) {
        DType dtype = spec.dtype().orElse(w.dtype());
        own.add(Variable.state(w.path() + "/" + spec.name(), spec, dtype));
      }
      slots.put(w, own);
    }
    DType common = weights.isEmpty() ? DType.FLOAT32 : weights.get(0).dtype();
    optimizer.shared().forEach(spec -> shared.add(Variable.state(spec, common)));
  }

  private static Variable scalar(String name, DType dtype, double value) {
    return Variable.state(
        WeightSpec.of(
            name, Shape.scalar(), (tf, shape, type, seed) -> Numbers.constant(tf, type, value)),
        dtype);
  }

  /** Returns a slot of a weight's shape that starts at 0. */
  private static Variable like(Variable weight, String name) {
    WeightSpec spec = MeanMetric.zeros(name, weight.shape());
    return Variable.state(weight.path() + "/" + name, spec, weight.dtype());
  }

  Optimizer optimizer() {
    return optimizer;
  }

  List<Variable> weights() {
    return weights;
  }

  Variable iteration() {
    return iteration;
  }

  /** Returns the rate that callbacks may set; empty where a schedule decides it. */
  Optional<Variable> learningRate() {
    return learningRate;
  }

  /** Returns the learning rate of the next step. */
  double currentLearningRate() {
    return learningRate
        .map(v -> v.value().number(0))
        .orElseGet(() -> optimizer.options().learningRate().value(iteration.value().longs()[0]));
  }

  /**
   * Returns the variable to set a learning rate in.
   *
   * @throws IllegalStateException if a schedule decides it
   */
  Variable settableLearningRate() {
    return learningRate.orElseThrow(
        () ->
            new IllegalStateException(
                "learningRate: it follows the schedule "
                    + optimizer.options().learningRate()
                    + " and cannot be set; give the optimizer a number to set it while it trains"));
  }

  /** Returns the moving averages by weight; none unless the optimizer keeps them. */
  Map<Variable, Variable> averages() {
    return averages;
  }

  Map<Variable, Variable> accumulators() {
    return accumulators;
  }

  List<Variable> slots(Variable weight) {
    return Objects.requireNonNull(slots.get(weight), weight::path);
  }

  List<Variable> shared() {
    return shared;
  }

  /** Returns whether it is the state of an optimizer for some weights and a scaling. */
  boolean isOf(Optimizer other, Optional<LossScaling> scaled, List<Variable> some) {
    return optimizer == other && asked.equals(scaled) && weights.equals(some);
  }

  Optional<Scaling> scaling() {
    return scaling;
  }

  /** Returns all state in the order of files. */
  List<Variable> variables() {
    List<Variable> all = new ArrayList<>();
    scaling.ifPresent(s -> all.addAll(s.variables()));
    all.add(iteration);
    learningRate.ifPresent(all::add);
    all.addAll(averages.values());
    all.addAll(accumulators.values());
    slots.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(v -> optimizer.slotGroup(v.name())))
        .forEach(all::add);
    all.addAll(shared);
    return all;
  }
}
