package dev.ibex.graph;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TInt32;
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

  /** What was among the largest gets its part, all else nothing. */
  static List<Operand<?>> topK(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<?> x = op.input(0);
    Operand<TInt32> size = lastSize(tf, x);
    Operand<TInt32> at = tf.dtypes.cast(Numbers.of(op.output(1)), TInt32.class);
    Operand<TInt32> rows =
        tf.reshape(at, tf.concat(List.of(minusOne(tf), lastSize(tf, at)), zero(tf)));
    Operand<TInt32> count = tf.math.floorDiv(tf.size(x), tf.reduceSum(size, tf.constant(0)));
    Operand<TInt32> starts = tf.math.mul(tf.range(tf.constant(0), count, tf.constant(1)), size);
    Operand<TInt32> places = tf.math.add(rows, tf.expandDims(starts, tf.constant(1)));
    Operand<TNumber> flat =
        tf.scatterNd(
            tf.reshape(places, tf.array(-1, 1)),
            tf.reshape(Numbers.of(grads.get(0)), minusOne(tf)),
            tf.reshape(tf.size(x), tf.array(1)));
    return List.of(tf.reshape(flat, tf.shape(x)), tf.zerosLike(op.input(1)));
  }

  /** Returns the size of the last axis, as an array of one. */
  private static Operand<TInt32> lastSize(Ops tf, Operand<?> x) {
    Operand<TInt32> last = tf.reshape(tf.math.sub(tf.rank(x), tf.constant(1)), tf.array(1));
    return tf.slice(tf.shape(x), last, tf.array(1));
  }

  private static Operand<TInt32> minusOne(Ops tf) {
    return tf.array(-1);
  }

  private static Operand<TInt32> zero(Ops tf) {
    return tf.constant(0);
  }
}
