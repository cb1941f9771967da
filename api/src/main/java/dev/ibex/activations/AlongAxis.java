package dev.ibex.activations;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.core.Activation;
import dev.ibex.core.Check;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Functions of all elements along one axis. */
final class AlongAxis {
  private AlongAxis() {}

  /** Applies a function of the last axis along any axis, by exchanging the two. */
  static Operand<TNumber> along(Ops tf, Operand<TNumber> x, int axis, Activation ofLast) {
    int rank = x.shape().numDimensions();
    int at = Check.axis("axis", axis, rank);
    if (at == rank - 1) {
      return ofLast.apply(tf, x);
    }
    int[] exchanged = IntStream.range(0, rank).toArray();
    exchanged[at] = rank - 1;
    exchanged[rank - 1] = at;
    Operand<TNumber> y = ofLast.apply(tf, tf.linalg.transpose(x, tf.constant(exchanged)));
    return tf.linalg.transpose(y, tf.constant(exchanged));
  }

  /**
   * The derivative of the op sums along axis 1 whatever the rank: it is right for matrices only.
   */
  static Operand<TNumber> logSoftmax(Ops tf, Operand<TNumber> x) {
    if (x.shape().numDimensions() == 2) {
      return tf.nn.logSoftmax(x);
    }
    Operand<TInt32> dims = tf.shape(x);
    Operand<TInt32> last =
        tf.slice(
            dims,
            tf.constant(new int[] {x.shape().numDimensions() - 1}),
            tf.constant(new int[] {1}));
    Operand<TInt32> matrix = tf.concat(List.of(tf.constant(new int[] {-1}), last), tf.constant(0));
    return tf.reshape(tf.nn.logSoftmax(tf.reshape(x, matrix)), dims);
  }

  /**
   * Keras weights the k elements of the support by k, k - 1, … 1 where the paper weights all by 1,
   * so that tau = (sum - 1) / k is larger. Its files were trained with that.
   *
   * <p>Sorting has no derivative: which elements count and their ranks are found apart, and only
   * the weighted sum is differentiated.
   */
  static Operand<TNumber> sparsemax(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> fixed = tf.stopGradient(x);
    int last = x.shape().numDimensions() - 1;
    Operand<TNumber> one = constant(tf, x, 1);
    Operand<TInt32> size = tf.gather(tf.shape(x), tf.constant(last), tf.constant(0));
    var descending = tf.nn.topK(fixed, size, TInt32.class);
    var order = tf.nn.topK(tf.math.neg(descending.indices()), size, TInt32.class);
    Operand<TNumber> rank = Numbers.cast(tf, order.indices(), Numbers.dtype(x));
    Operand<TNumber> sums = tf.math.cumsum(descending.values(), tf.constant(last));
    Operand<TInt32> end = tf.math.add(size, tf.constant(1));
    Operand<TNumber> count =
        Numbers.cast(tf, tf.range(tf.constant(1), end, tf.constant(1)), Numbers.dtype(x));
    Operand<TNumber> gap =
        tf.math.sub(descending.values(), tf.math.div(tf.math.sub(sums, one), count));
    Operand<TNumber> support =
        Numbers.cast(tf, tf.math.greater(gap, constant(tf, x, 0)), Numbers.dtype(x));
    Operand<TNumber> k = sum(tf, support, last);
    Operand<TNumber> weight =
        tf.stopGradient(tf.math.maximum(tf.math.sub(k, rank), constant(tf, x, 0)));
    Operand<TNumber> tau =
        tf.math.div(tf.math.sub(sum(tf, tf.math.mul(weight, x), last), one), tf.stopGradient(k));
    return tf.math.maximum(tf.math.sub(x, tau), constant(tf, x, 0));
  }

  private static Operand<TNumber> sum(Ops tf, Operand<TNumber> x, int axis) {
    return tf.sum(x, tf.constant(axis), Sum.keepDims(true));
  }
}
