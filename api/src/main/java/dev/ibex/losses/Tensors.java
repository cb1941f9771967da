package dev.ibex.losses;

import dev.ibex.core.Weighting;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.family.TNumber;

/** Small expressions that several losses share. */
final class Tensors {
  private static final double NORM_EPSILON = 1e-14;

  private Tensors() {}

  /** Returns a scalar of the type of {@code like}. */
  static Operand<TNumber> number(Ops tf, Operand<TNumber> like, double value) {
    return Numbers.constant(tf, like, value);
  }

  /** Returns the mean along an axis. */
  static Operand<TNumber> mean(Ops tf, Operand<TNumber> x, int axis) {
    return tf.math.mean(x, tf.constant(axis));
  }

  /** Returns the sum along an axis. */
  static Operand<TNumber> sum(Ops tf, Operand<TNumber> x, int axis) {
    return tf.sum(x, tf.constant(axis));
  }

  /** Returns the sum along some axes; along all where none are given. */
  static Operand<TNumber> sum(Ops tf, Operand<TNumber> x, Optional<List<Integer>> axes) {
    return axes.isEmpty()
        ? Weighting.sum(tf, x)
        : tf.sum(x, tf.constant(axes.get().stream().mapToInt(Integer::intValue).toArray()));
  }

  /** Returns x divided by its Euclidean norm along an axis. */
  static Operand<TNumber> normalized(Ops tf, Operand<TNumber> x, int axis) {
    Operand<TNumber> squares = sumKept(tf, tf.math.square(x), axis);
    return tf.math.mul(
        x, tf.math.rsqrt(tf.math.maximum(squares, number(tf, squares, NORM_EPSILON))));
  }

  /** Returns the sum along an axis, which stays with the size 1. */
  static Operand<TNumber> sumKept(Ops tf, Operand<TNumber> x, int axis) {
    return tf.sum(x, tf.constant(axis), Sum.keepDims(true));
  }

  /** Returns x limited to [low, high]. */
  static Operand<TNumber> clip(Ops tf, Operand<TNumber> x, double low, double high) {
    return tf.math.maximum(tf.math.minimum(x, number(tf, x, high)), number(tf, x, low));
  }

  /** Returns 1 - x. */
  static Operand<TNumber> rest(Ops tf, Operand<TNumber> x) {
    return tf.math.sub(number(tf, x, 1), x);
  }

  /** Returns x · factor. */
  static Operand<TNumber> times(Ops tf, Operand<TNumber> x, double factor) {
    return factor == 1 ? x : tf.math.mul(x, number(tf, x, factor));
  }

  /** Returns x with one axis moved to the end; x itself if it is there. */
  static Operand<TNumber> axisLast(Ops tf, Operand<TNumber> x, int axis) {
    int rank = x.shape().numDimensions();
    int from = axis < 0 ? axis + rank : axis;
    if (from == rank - 1) {
      return x;
    }
    int[] order =
        IntStream.concat(IntStream.range(0, rank).filter(i -> i != from), IntStream.of(from))
            .toArray();
    return tf.linalg.transpose(x, tf.constant(order));
  }
}
