package dev.ibex;

import dev.ibex.core.Gradient;
import dev.ibex.core.GradientClipping;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.ResourceVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** The state of one optimizer for the weights of one compiled model, in the order of files. */
final class OptimizerState {
  private final Optimizer optimizer;
  private final Variable iteration = Variable.state(MeanMetric.zero("iteration"), DType.INT64);
  private final Variable learningRate;
  private final Map<Variable, List<Variable>> slots = new LinkedHashMap<>();

  OptimizerState(Optimizer optimizer, List<Variable> weights) {
    this.optimizer = optimizer;
    double rate = optimizer.options().learningRate();
    this.learningRate =
        Variable.state(
            WeightSpec.of(
                "learning_rate",
                Shape.scalar(),
                (tf, shape, dtype, seed) -> Numbers.constant(tf, dtype, rate)),
            DType.FLOAT32);
    for (Variable w : weights) {
      List<Variable> own = new ArrayList<>();
      for (WeightSpec spec : optimizer.slots(w)) {
        own.add(Variable.state(w.path() + "/" + spec.name(), spec, w.dtype()));
      }
      slots.put(w, own);
    }
  }

  Optimizer optimizer() {
    return optimizer;
  }

  List<Variable> weights() {
    return List.copyOf(slots.keySet());
  }

  Variable iteration() {
    return iteration;
  }

  Variable learningRate() {
    return learningRate;
  }

  /** Returns all state: iteration, learning rate, then the slots, group after group. */
  List<Variable> variables() {
    List<Variable> all = new ArrayList<>(List.of(iteration, learningRate));
    slots.values().stream()
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(v -> optimizer.slotGroup(v.name())))
        .forEach(all::add);
    return all;
  }

  /** Emits the update of the weights that have a gradient, and of the iteration. */
  List<Op> emit(
      Ops tf, Function<Variable, ResourceVariable> handles, Map<Variable, Gradient> gradients) {
    List<Variable> weights = List.copyOf(gradients.keySet());
    List<Gradient> clipped =
        GradientClipping.clip(tf, optimizer.options(), List.copyOf(gradients.values()));
    Operand<TInt64> step = Numbers.as(handles.apply(iteration).value());
    Operand<?> rate = handles.apply(learningRate).value();
    Ops scoped = tf.withSubScope("update");
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < weights.size(); i++) {
      updates.add(update(scoped, handles, weights.get(i), clipped.get(i), rate, step));
    }
    updates.add(
        tf.withControlDependencies(updates)
            .assignAddVariableOp(handles.apply(iteration).handle(), tf.constant(1L)));
    return updates;
  }

  private Op update(
      Ops tf,
      Function<Variable, ResourceVariable> handles,
      Variable weight,
      Gradient gradient,
      Operand<?> rate,
      Operand<TInt64> step) {
    ResourceVariable w = handles.apply(weight);
    Operand<TNumber> value = Numbers.of(w.value());
    Operand<TNumber> lr = Numbers.cast(tf, rate, w.dtype());
    // a gradient need not depend on the weight's own value, so the read is waited for
    Ops after = tf.withControlDependencies(List.of(value));
    if (optimizer.options().weightDecay().isPresent()) {
      value = GradientClipping.decayed(tf, optimizer.options(), value, lr);
      after = tf.withControlDependencies(List.of(tf.assignVariableOp(w.handle(), value)));
    }
    Map<String, ResourceVariable> slotHandles = new LinkedHashMap<>();
    Map<String, Operand<TNumber>> values = new LinkedHashMap<>();
    for (Variable slot : java.util.Objects.requireNonNull(slots.get(weight))) {
      ResourceVariable handle = handles.apply(slot);
      slotHandles.put(slot.name(), handle);
      values.put(slot.name(), Numbers.of(handle.value()));
    }
    Op updated =
        optimizer.update(
            new OptimizerStep(tf, after, w, value, gradient, slotHandles, values, lr, step));
    if (weight.spec().constraint() == dev.ibex.core.Constraint.NONE) {
      return updated;
    }
    Ops last = tf.withControlDependencies(List.of(updated));
    Operand<TNumber> fresh = Numbers.of(last.readVariableOp(w.handle(), w.dtype().type()));
    return last.assignVariableOp(w.handle(), weight.spec().constraint().apply(last, fresh));
  }
}
