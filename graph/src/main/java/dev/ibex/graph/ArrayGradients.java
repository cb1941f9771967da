package dev.ibex.graph;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.family.TNumber;

/** Derivatives of what runs along an axis or writes at places. */
final class ArrayGradients {
  private ArrayGradients() {}

  /** Each product so far holds x once, as TensorFlow in Python has it: 0 where x is 0. */
  static List<Operand<?>> cumprod(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> products =
        tf.math.mul(Numbers.of(grads.get(0)), Numbers.<TNumber>as(op.output(0)));
    Operand<TNumber> sums =
        tf.math.cumsum(
            products,
            Numbers.of(op.input(1)),
            Cumsum.reverse(!op.attributes().getAttrBool("reverse")),
            Cumsum.exclusive(op.attributes().getAttrBool("exclusive")));
    return List.of(
        tf.math.divNoNan(sums, Numbers.<TNumber>as(op.input(0))), tf.zerosLike(op.input(1)));
  }

  static List<Operand<?>> scatterAdd(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> updates = tf.gatherNd(Numbers.of(grads.get(0)), Numbers.of(op.input(1)));
    return List.of(grads.get(0), tf.zerosLike(op.input(1)), updates);
  }

  /** What is replaced counts no more. */
  static List<Operand<?>> scatterUpdate(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> grad = Numbers.of(grads.get(0));
    Operand<TNumber> at = Numbers.of(op.input(1));
    Operand<TNumber> kept =
        tf.tensorScatterNdUpdate(grad, at, tf.zerosLike(Numbers.of(op.input(2))));
    return List.of(kept, tf.zerosLike(op.input(1)), tf.gatherNd(grad, at));
  }
}
