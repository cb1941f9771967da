package dev.ibex.graph;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.BroadcastGradientArgs;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Derivatives of functions of single elements. */
final class ElementwiseGradients {
  private ElementwiseGradients() {}

  /** Steps are flat wherever they have a derivative. */
  static List<Operand<?>> zeros(Ops tf, GraphOperation op, List<Output<?>> grads) {
    return IntStream.range(0, op.numInputs())
        .<Operand<?>>mapToObj(i -> tf.zerosLike(op.input(i)))
        .toList();
  }

  static List<Operand<?>> besselI0(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> slope = tf.math.besselI1(Numbers.of(op.input(0)));
    return List.of(tf.math.mul(Numbers.of(grads.get(0)), slope));
  }

  static List<Operand<?>> erfc(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> x = Numbers.of(op.input(0));
    Operand<TNumber> bell = tf.math.exp(tf.math.neg(tf.math.square(x)));
    Operand<TNumber> slope = tf.math.mul(Numbers.constant(tf, x, -2 / Math.sqrt(Math.PI)), bell);
    return List.of(tf.math.mul(Numbers.of(grads.get(0)), slope));
  }

  static List<Operand<?>> floorMod(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> grad = Numbers.of(grads.get(0));
    Operand<TNumber> whole =
        tf.math.floorDiv(Numbers.<TNumber>as(op.input(0)), Numbers.as(op.input(1)));
    return reduced(tf, op, grad, tf.math.neg(tf.math.mul(grad, whole)));
  }

  static List<Operand<?>> nextAfter(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> grad = Numbers.of(grads.get(0));
    return reduced(tf, op, grad, tf.zerosLike(grad));
  }

  /** Sums derivatives over the axes along which the two inputs were repeated. */
  private static List<Operand<?>> reduced(
      Ops tf, GraphOperation op, Operand<TNumber> a, Operand<TNumber> b) {
    Operand<TInt32> shapeA = tf.shape(op.input(0));
    Operand<TInt32> shapeB = tf.shape(op.input(1));
    BroadcastGradientArgs<TInt32> axes = tf.broadcastGradientArgs(shapeA, shapeB);
    return List.of(
        tf.reshape(tf.sum(a, axes.r0()), shapeA), tf.reshape(tf.sum(b, axes.r1()), shapeB));
  }
}
