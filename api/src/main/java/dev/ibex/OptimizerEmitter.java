package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Gradient;
import dev.ibex.core.GradientClipping;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Variable;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.ResourceVariable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * Emits one step of an optimizer: around its rule the scaling of the loss, accumulation, clipping,
 * decay, moving averages and constraints, in Keras's order.
 *
 * <p>Source: {@code keras.optimizers.Optimizer} and {@code keras.optimizers.LossScaleOptimizer}.
 */
final class OptimizerEmitter {
  private final OptimizerState state;
  private final OptimizerOptions options;
  private final Function<Variable, ResourceVariable> handles;
  private final Function<Variable, Operand<?>> values;

  /**
   * Begins a step.
   *
   * @param values returns a variable's value before the step
   */
  OptimizerEmitter(
      OptimizerState state,
      Function<Variable, ResourceVariable> handles,
      Function<Variable, Operand<?>> values) {
    this.state = state;
    this.options = state.optimizer().options();
    this.handles = handles;
    this.values = values;
  }

  /** Returns the loss to take gradients of. */
  Operand<TNumber> scaled(Ops tf, Operand<TNumber> loss) {
    return factor(tf, Numbers.dtype(loss))
        .map(f -> (Operand<TNumber>) tf.math.mul(loss, f))
        .orElse(loss);
  }

  /** Returns what the loss is multiplied by, in a type; empty for 1. */
  private Optional<Operand<TNumber>> factor(Ops tf, DType dtype) {
    return state
        .scaling()
        .map(s -> Numbers.cast(tf, value(s.scale()), dtype))
        .or(() -> options.lossScaleFactor().map(f -> Numbers.constant(tf, dtype, f)));
  }

  /**
   * Emits the update of the weights that have a gradient, and of the state.
   *
   * @param gradients those of the scaled loss
   */
  List<Op> emit(Ops tf, Map<Variable, Gradient> gradients) {
    Ops scoped = tf.withSubScope("update");
    return state
        .scaling()
        .filter(s -> !gradients.isEmpty())
        .map(s -> List.of(scaledStep(scoped, s, gradients)))
        .orElseGet(() -> step(scoped, gradients));
  }

  /** A step that changes nothing but the scale where a gradient is not finite. */
  private Op scaledStep(Ops tf, OptimizerState.Scaling s, Map<Variable, Gradient> gradients) {
    List<Operand<TBool>> each = new ArrayList<>();
    gradients.values().forEach(g -> each.add(finite(tf, g.whole())));
    Operand<TBool> finite = tf.reduceAll(tf.stack(each), tf.constant(0));
    List<Variable> changed = new ArrayList<>(state.weights());
    changed.addAll(state.variables());
    changed.removeAll(s.variables());
    List<Op> ops = new ArrayList<>(onlyIf(tf, finite, changed, after -> step(after, gradients)));
    ops.addAll(rescale(tf, s, finite));
    return tf.withControlDependencies(ops).noOp();
  }

  private static Operand<TBool> finite(Ops tf, Operand<TNumber> x) {
    Operand<TBool> flat = tf.reshape(tf.math.isFinite(x), tf.constant(new int[] {-1}));
    return tf.reduceAll(flat, tf.constant(0));
  }

  /**
   * Counts finite steps: after enough of them the scale doubles, after one that is not it halves.
   */
  private List<Op> rescale(Ops tf, OptimizerState.Scaling s, Operand<TBool> finite) {
    Operand<TInt64> counter = Numbers.as(value(s.counter()));
    Operand<TBool> enough = tf.math.equal(counter, tf.constant(s.growthSteps() - 1L));
    Operand<TInt64> next =
        tf.select(
            tf.math.logicalAnd(finite, tf.math.logicalNot(enough)),
            tf.math.add(counter, tf.constant(1L)),
            tf.constant(0L));
    Operand<TNumber> growth =
        tf.select(
            enough, Numbers.constant(tf, DType.FLOAT32, 2), Numbers.constant(tf, DType.FLOAT32, 1));
    Operand<TNumber> factor = tf.select(finite, growth, Numbers.constant(tf, DType.FLOAT32, 0.5));
    return List.of(
        tf.assignVariableOp(handle(s.counter()), next),
        tf.assignVariableOp(handle(s.scale()), tf.math.mul(value(s.scale()), factor)));
  }

  /**
   * Emits ops, and undoes what they did to variables where a condition does not hold: they run in
   * any case, as fused kernels can do no other. XLA compiles that, but no switch within a step.
   */
  private List<Op> onlyIf(
      Ops tf, Operand<TBool> condition, List<Variable> changed, Function<Ops, List<Op>> emit) {
    List<Op> before = new ArrayList<>();
    changed.forEach(v -> before.add(value(v)));
    Ops last = tf.withControlDependencies(emit.apply(tf.withControlDependencies(before)));
    List<Op> kept = new ArrayList<>();
    for (Variable v : changed) {
      Operand<TNumber> next = last.select(condition, fresh(last, v), value(v));
      kept.add(last.assignVariableOp(handle(v), next));
    }
    return kept;
  }

  private List<Op> step(Ops tf, Map<Variable, Gradient> scaled) {
    Map<Variable, Gradient> gradients = new LinkedHashMap<>();
    scaled.forEach(
        (w, g) ->
            gradients.put(
                w, factor(tf, w.dtype()).map(f -> g.map(tf, x -> tf.math.div(x, f))).orElse(g)));
    Operand<TInt64> iteration = Numbers.as(value(state.iteration()));
    Map<Variable, Op> done =
        options
            .gradientAccumulationSteps()
            .map(n -> accumulate(tf, gradients, iteration, n))
            .orElseGet(() -> update(tf, gradients, iteration, iteration));
    if (options.useEma()) {
      done = average(tf, done, number(tf, iteration));
    }
    List<Op> last = new ArrayList<>();
    for (Map.Entry<Variable, Op> e : done.entrySet()) {
      boolean updated = gradients.containsKey(e.getKey());
      last.add(updated ? constrain(tf, e.getKey(), e.getValue()) : e.getValue());
    }
    last.add(iteration); // nothing reads it after it has moved on
    last.add(
        tf.withControlDependencies(last)
            .assignAddVariableOp(handle(state.iteration()), tf.constant(1L)));
    return last;
  }

  /** Returns how often the weights were changed, of which accumulated steps are parts. */
  private Operand<TInt64> number(Ops tf, Operand<TInt64> iteration) {
    return options
        .gradientAccumulationSteps()
        .map(n -> (Operand<TInt64>) tf.math.floorDiv(iteration, tf.constant((long) n)))
        .orElse(iteration);
  }

  private Map<Variable, Op> accumulate(
      Ops tf, Map<Variable, Gradient> gradients, Operand<TInt64> iteration, int steps) {
    Operand<TInt64> place = tf.math.floorMod(iteration, tf.constant((long) steps));
    Operand<TBool> full = tf.math.equal(place, tf.constant(steps - 1L));
    Map<Variable, Gradient> means = new LinkedHashMap<>();
    List<Op> ops = new ArrayList<>();
    gradients.forEach(
        (w, g) -> {
          Operand<TNumber> sum = tf.math.add(g.whole(), value(accumulator(w)));
          means.put(w, Gradient.of(tf.math.div(sum, Numbers.constant(tf, sum, steps))));
          Operand<TNumber> rest = tf.select(full, Numbers.constant(tf, sum, 0), sum);
          ops.add(tf.assignVariableOp(handle(accumulator(w)), rest));
        });
    List<Variable> changed = new ArrayList<>(state.shared());
    for (Variable w : means.keySet()) {
      changed.add(w);
      changed.addAll(state.slots(w));
    }
    Operand<TInt64> number = number(tf, iteration);
    ops.addAll(
        onlyIf(
            tf,
            full,
            changed,
            after -> List.copyOf(update(after, means, iteration, number).values())));
    Op all = tf.withControlDependencies(ops).noOp();
    Map<Variable, Op> done = new LinkedHashMap<>();
    gradients.keySet().forEach(w -> done.put(w, all));
    return done;
  }

  private Variable accumulator(Variable weight) {
    return java.util.Objects.requireNonNull(state.accumulators().get(weight), weight::path);
  }

  /**
   * Clips, decays and applies the rule.
   *
   * @param iteration the step, which a schedule of learning rates goes by
   * @param number how often the weights were changed, which the rule goes by
   */
  private Map<Variable, Op> update(
      Ops tf,
      Map<Variable, Gradient> gradients,
      Operand<TInt64> iteration,
      Operand<TInt64> number) {
    List<Variable> weights = List.copyOf(gradients.keySet());
    List<Gradient> clipped = GradientClipping.clip(tf, options, List.copyOf(gradients.values()));
    Operand<?> rate =
        state
            .learningRate()
            .<Operand<?>>map(this::value)
            .orElseGet(() -> options.learningRate().apply(tf, iteration));
    Check.that(
        rate.shape().numDimensions() == 0,
        "learningRate: expected a schedule of scalars, got the shape %s",
        TensorSpec.text(rate.shape()));
    Map<String, Operand<TNumber>> shared = new LinkedHashMap<>();
    List<Op> moved = new ArrayList<>();
    for (Variable v : state.shared()) {
      Operand<TNumber> step = Numbers.cast(tf, tf.math.add(number, tf.constant(1L)), v.dtype());
      Operand<TNumber> next = state.optimizer().nextShared(tf, v.name(), value(v), step);
      shared.put(v.name(), next);
      moved.add(tf.assignVariableOp(handle(v), next));
    }
    Ops after = moved.isEmpty() ? tf : tf.withControlDependencies(moved);
    Map<Variable, Op> done = new LinkedHashMap<>();
    for (int i = 0; i < weights.size(); i++) {
      Variable w = weights.get(i);
      Operand<TNumber> lr = Numbers.cast(tf, rate, w.dtype());
      done.put(w, update(after, w, clipped.get(i), shared, lr, number));
    }
    return done;
  }

  private Op update(
      Ops tf,
      Variable weight,
      Gradient gradient,
      Map<String, Operand<TNumber>> shared,
      Operand<TNumber> rate,
      Operand<TInt64> number) {
    ResourceVariable w = handles.apply(weight);
    Operand<TNumber> value = value(weight);
    // a gradient need not depend on the weight's own value, so the read is waited for
    Ops after = tf.withControlDependencies(List.of(value));
    if (options.weightDecay().isPresent() && !options.decayExclusion().excludes(weight)) {
      value = GradientClipping.decayed(tf, options.weightDecay().get(), value, rate);
      after = tf.withControlDependencies(List.of(tf.assignVariableOp(w.handle(), value)));
    }
    Map<String, ResourceVariable> slotHandles = new LinkedHashMap<>();
    Map<String, Operand<TNumber>> values = new LinkedHashMap<>();
    for (Variable slot : state.slots(weight)) {
      slotHandles.put(slot.name(), handles.apply(slot));
      values.put(slot.name(), value(slot));
    }
    return state
        .optimizer()
        .update(
            new OptimizerStep(
                tf, after, w, value, gradient, slotHandles, values, shared, rate, number));
  }

  /** Moves the averages on, of all weights, and at times the weights to them. */
  private Map<Variable, Op> average(Ops tf, Map<Variable, Op> done, Operand<TInt64> number) {
    Map<Variable, Op> averaged = new LinkedHashMap<>();
    state
        .averages()
        .forEach(
            (w, average) -> {
              Op before = done.getOrDefault(w, value(w));
              Ops last = tf.withControlDependencies(List.of(before));
              Operand<TNumber> weight = fresh(last, w);
              Operand<TNumber> next = nextAverage(last, weight, value(average), number);
              List<Op> ops = new ArrayList<>();
              ops.add(last.assignVariableOp(handle(average), next));
              options
                  .emaOverwriteFrequency()
                  .ifPresent(n -> ops.add(overwrite(last, w, weight, next, number, n)));
              averaged.put(w, last.withControlDependencies(ops).noOp());
            });
    return averaged;
  }

  private Op overwrite(
      Ops tf,
      Variable w,
      Operand<TNumber> weight,
      Operand<TNumber> average,
      Operand<TInt64> number,
      int every) {
    Operand<TInt64> place = tf.math.floorMod(number, tf.constant((long) every));
    Operand<TBool> due = tf.math.equal(place, tf.constant(every - 1L));
    return tf.assignVariableOp(handle(w), tf.select(due, average, weight));
  }

  /** The first average is the weight itself. */
  private Operand<TNumber> nextAverage(
      Ops tf, Operand<TNumber> weight, Operand<TNumber> average, Operand<TInt64> number) {
    Operand<TNumber> later =
        Numbers.cast(tf, tf.math.notEqual(number, tf.constant(0L)), Numbers.dtype(weight));
    Operand<TNumber> momentum =
        tf.math.mul(later, Numbers.constant(tf, weight, options.emaMomentum()));
    Operand<TNumber> rest = tf.math.sub(Numbers.constant(tf, weight, 1), momentum);
    return tf.math.add(tf.math.mul(momentum, average), tf.math.mul(rest, weight));
  }

  private Op constrain(Ops tf, Variable weight, Op updated) {
    Constraint constraint = weight.spec().constraint();
    if (constraint == Constraint.NONE) {
      return updated;
    }
    Ops last = tf.withControlDependencies(List.of(updated));
    return last.assignVariableOp(handle(weight), constraint.apply(last, fresh(last, weight)));
  }

  /** Returns a variable's value before the step. */
  private Operand<TNumber> value(Variable v) {
    return Numbers.of(values.apply(v));
  }

  /** Returns a variable's value after what the emitter waits for. */
  private Operand<TNumber> fresh(Ops after, Variable v) {
    return Numbers.of(after.readVariableOp(handle(v), v.dtype().type()));
  }

  private Operand<? extends org.tensorflow.types.family.TType> handle(Variable v) {
    return handles.apply(v).handle();
  }
}
