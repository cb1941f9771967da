package dev.ibex.tests.parity;

import dev.ibex.core.Gradient;
import dev.ibex.core.GradientClipping;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.GraphFunction;
import dev.ibex.graph.GraphSession;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.ResourceVariable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** An optimizer at work on variables whose gradients are given from outside. */
final class OptimizerBench implements AutoCloseable {
  private record Slot(String name, ResourceVariable variable) {}

  private final GraphSession session = new GraphSession();
  private final List<ResourceVariable> weights = new ArrayList<>();
  private final List<Slot> slots = new ArrayList<>();
  private final ResourceVariable iteration;
  private final ResourceVariable rate;
  private final Optimizer optimizer;
  private final GraphFunction step;

  OptimizerBench(Optimizer optimizer, List<Array> values) {
    this.optimizer = optimizer;
    this.iteration = variable("iteration", Array.of(Shape.scalar(), 0L));
    this.rate = variable("learning_rate", Array.scalar((float) optimizer.options().learningRate()));
    Ops tf = session.tf();
    List<Operand<TNumber>> gradients = new ArrayList<>();
    for (Array v : values) {
      weights.add(variable("weight", v));
      gradients.add(Numbers.of(tf.placeholder(v.dtype().type(), Placeholder.shape(v.shape()))));
    }
    List<Gradient> clipped =
        GradientClipping.clip(
            tf, optimizer.options(), gradients.stream().map(Gradient::of).toList());
    List<Op> updates = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      updates.add(update(tf, weights.get(i), clipped.get(i)));
    }
    updates.add(
        tf.withControlDependencies(updates)
            .assignAddVariableOp(iteration.handle(), tf.constant(1L)));
    this.step = session.function("step", gradients, List.of(), updates);
  }

  private Op update(Ops tf, ResourceVariable weight, Gradient gradient) {
    Variable like =
        Variable.state(
            WeightSpec.of("weight", weight.shape(), (t, s, d, seed) -> Numbers.constant(t, d, 0)),
            weight.dtype());
    Map<String, ResourceVariable> handles = new LinkedHashMap<>();
    Map<String, Operand<TNumber>> slotValues = new LinkedHashMap<>();
    for (WeightSpec spec : optimizer.slots(like)) {
      Array first = spec.initializer().value(spec.shape(), weight.dtype(), 0);
      ResourceVariable slot = variable(spec.name(), first);
      slots.add(new Slot(spec.name(), slot));
      handles.put(spec.name(), slot);
      slotValues.put(spec.name(), Numbers.of(slot.value()));
    }
    Operand<TNumber> lr = Numbers.cast(tf, rate.value(), weight.dtype());
    Operand<TNumber> value =
        GradientClipping.decayed(tf, optimizer.options(), Numbers.of(weight.value()), lr);
    Ops after = tf.withControlDependencies(List.of(tf.assignVariableOp(weight.handle(), value)));
    Operand<TInt64> steps = Numbers.as(iteration.value());
    return optimizer.update(
        new OptimizerStep(after, weight, value, gradient, handles, slotValues, lr, steps));
  }

  private ResourceVariable variable(String name, Array value) {
    ResourceVariable v = session.variable(name, value.dtype(), value.shape());
    session.assign(List.of(v), List.of(value));
    return v;
  }

  /** Runs one step. */
  void step(double learningRate, List<Array> gradients) {
    session.assign(List.of(rate), List.of(Array.scalar((float) learningRate)));
    List<Tensor> tensors = gradients.stream().map(Array::toTensor).toList();
    try {
      step.run(tensors).close();
    } finally {
      tensors.forEach(Tensor::close);
    }
  }

  /** Returns the weights. */
  List<Array> weights() {
    return session.read(weights);
  }

  /** Returns iteration, learning rate and slots in the order of files. */
  List<Array> state() {
    List<ResourceVariable> all = new ArrayList<>(List.of(iteration, rate));
    slots.stream()
        .sorted(Comparator.comparingInt(s -> optimizer.slotGroup(s.name())))
        .forEach(s -> all.add(s.variable()));
    return session.read(all);
  }

  /** Returns the type of the first weight. */
  DType dtype() {
    return weights.get(0).dtype();
  }

  @Override
  public void close() {
    session.close();
  }
}
