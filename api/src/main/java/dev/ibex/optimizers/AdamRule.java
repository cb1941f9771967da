package dev.ibex.optimizers;

import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** What Adam and AdamW do to one weight. */
record AdamRule(double beta1, double beta2, double epsilon, boolean amsgrad) {
  List<WeightSpec> slots(Variable weight) {
    List<WeightSpec> slots = new ArrayList<>();
    slots.add(Slots.zeros("momentum", weight));
    slots.add(Slots.zeros("velocity", weight));
    if (amsgrad) {
      slots.add(Slots.zeros("velocity_hat", weight));
    }
    return slots;
  }

  static int slotGroup(String slot) {
    return slot.equals("velocity_hat") ? 1 : 0;
  }

  Op update(OptimizerStep step) {
    DType dtype = step.variable().dtype();
    boolean half = dtype != DType.FLOAT32 && dtype != DType.FLOAT64;
    if (half || !step.fusable()) {
      return plain(step); // 1 - beta2 is 0 in a kernel of half precision
    }
    Terms terms = new Terms(step);
    return amsgrad
        ? step.after()
            .train
            .resourceApplyAdamWithAmsgrad(
                step.handle(),
                step.slot("momentum"),
                step.slot("velocity"),
                step.slot("velocity_hat"),
                terms.power(beta1),
                terms.power(beta2),
                step.learningRate(),
                step.constant(beta1),
                step.constant(beta2),
                step.constant(epsilon),
                step.gradient())
        : step.after()
            .train
            .resourceApplyAdam(
                step.handle(),
                step.slot("momentum"),
                step.slot("velocity"),
                terms.power(beta1),
                terms.power(beta2),
                step.learningRate(),
                step.constant(beta1),
                step.constant(beta2),
                step.constant(epsilon),
                step.gradient());
  }

  private Op plain(OptimizerStep step) {
    Terms terms = new Terms(step);
    Ops tf = step.tf();
    Operand<TNumber> g = step.gradient();
    Operand<TNumber> m = terms.moved(step.slotValue("momentum"), g, beta1);
    Operand<TNumber> v = terms.moved(step.slotValue("velocity"), step.squaredGradient(), beta2);
    Map<String, Operand<TNumber>> slots = new LinkedHashMap<>();
    slots.put("momentum", m);
    slots.put("velocity", v);
    Operand<TNumber> size = v;
    if (amsgrad) {
      size = tf.math.maximum(step.slotValue("velocity_hat"), v);
      slots.put("velocity_hat", size);
    }
    Operand<TNumber> alpha =
        tf.math.div(
            terms.times(step.learningRate(), tf.math.sqrt(terms.rest(terms.power(beta2)))),
            terms.rest(terms.power(beta1)));
    Operand<TNumber> change =
        tf.math.div(terms.times(m, alpha), terms.plus(tf.math.sqrt(size), epsilon));
    return step.assign(terms.less(change), slots);
  }
}
