package dev.ibex.core;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.ResourceVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * One weight in one step, as an optimizer sees it while its update is emitted.
 *
 * @param tf the emitter of ops
 * @param after the emitter of the ops that change the weight: they run after it was read and
 *     decayed
 * @param variable the weight
 * @param value the weight's value, after weight decay
 * @param derivative the gradient, clipped
 * @param slots the weight's state by name
 * @param slotValues the values of that state
 * @param shared what all weights share, by name, after it was moved on
 * @param learningRate the learning rate, in the weight's type
 * @param iteration the number of steps before this one
 */
public record OptimizerStep(
    Ops tf,
    Ops after,
    ResourceVariable variable,
    Operand<TNumber> value,
    Gradient derivative,
    Map<String, ResourceVariable> slots,
    Map<String, Operand<TNumber>> slotValues,
    Map<String, Operand<TNumber>> shared,
    Operand<TNumber> learningRate,
    Operand<TInt64> iteration) {
  /** Returns the gradient as a whole. */
  public Operand<TNumber> gradient() {
    return derivative.whole();
  }

  /** Returns the gradient's squares; of each contribution to a looked-up row by itself. */
  public Operand<TNumber> squaredGradient() {
    return derivative.sumOf(tf, tf.math::square);
  }

  /** Returns the gradient's sizes; of each contribution to a looked-up row by itself. */
  public Operand<TNumber> absoluteGradient() {
    return derivative.sumOf(tf, tf.math::abs);
  }

  /**
   * Returns whether a fused training op, which squares the whole gradient, gives Keras's result.
   */
  public boolean fusable() {
    return !derivative.byRows();
  }

  /** Returns the weight's handle, for a fused training op. */
  public Operand<? extends TType> handle() {
    return variable.handle();
  }

  /** Returns a slot's handle, for a fused training op. */
  public Operand<? extends TType> slot(String name) {
    return slot0(name).handle();
  }

  /** Returns a scalar that all weights share, as it is in this step, in the weight's type. */
  public Operand<TNumber> shared(String name) {
    Operand<TNumber> v = shared.get(name);
    if (v == null) {
      throw new IllegalArgumentException("there is no shared state \"" + name + "\"");
    }
    return Numbers.cast(tf, v, variable.dtype());
  }

  private ResourceVariable slot0(String name) {
    ResourceVariable v = slots.get(name);
    if (v == null) {
      throw new IllegalArgumentException("there is no slot \"" + name + "\"");
    }
    return v;
  }

  /**
   * Emits the new values of the weight and of slots, computed by plain ops.
   *
   * @return the op that has stored all of them
   */
  public Op assign(Operand<TNumber> newValue, Map<String, Operand<TNumber>> newSlots) {
    List<Op> stored = new ArrayList<>();
    stored.add(after.assignVariableOp(handle(), newValue));
    newSlots.forEach((name, v) -> stored.add(tf.assignVariableOp(slot(name), v)));
    return tf.withControlDependencies(stored).noOp();
  }

  /**
   * Returns the value of a slot before the step.
   *
   * @throws IllegalArgumentException if the optimizer did not declare it
   */
  public Operand<TNumber> slotValue(String name) {
    Operand<TNumber> v = slotValues.get(name);
    if (v == null) {
      throw new IllegalArgumentException("there is no slot \"" + name + "\"");
    }
    return v;
  }

  /** Returns a constant of the weight's type. */
  public Operand<TNumber> constant(double x) {
    return Numbers.constant(tf, variable.dtype(), x);
  }

  /** Returns the number of this step, from 1, in the weight's type. */
  public Operand<TNumber> step() {
    DType dtype = variable.dtype();
    return Numbers.cast(tf, tf.math.add(iteration, tf.constant(1L)), dtype);
  }
}
