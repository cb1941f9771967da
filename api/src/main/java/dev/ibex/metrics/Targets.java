package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Metric;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.Weighting;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** Target and output brought together, as several metrics need them. */
final class Targets {
  /** Keras's smallest number to divide by. */
  static final double EPSILON = 1e-7;

  private Targets() {}

  /**
   * Returns target and output in the output's type, or another where that is not floating, and of
   * one rank where a last axis of 1 allows it.
   */
  static Weighting.Pair pair(
      Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred, DType otherwise) {
    DType dtype = Numbers.dtype(yPred).isFloating() ? Numbers.dtype(yPred) : otherwise;
    return Weighting.sameRank(tf, Numbers.cast(tf, yTrue, dtype), Numbers.cast(tf, yPred, dtype));
  }

  /** Returns class numbers as int64; fractions stay floating, and equal no class. */
  static Operand<TNumber> comparable(Ops tf, Operand<TNumber> labels) {
    return Numbers.cast(
        tf, labels, Numbers.dtype(labels).isFloating() ? DType.FLOAT32 : DType.INT64);
  }

  /** Returns 1 for true and 0 for false. */
  static Operand<TNumber> number(Ops tf, Operand<TBool> x) {
    return number(tf, x, DType.FLOAT32);
  }

  /** Returns 1 for true and 0 for false, in a type. */
  static Operand<TNumber> number(Ops tf, Operand<TBool> x, DType dtype) {
    return Numbers.cast(tf, x, dtype);
  }

  /** Returns target and output of a batch in one type and of one rank. */
  static Weighting.Pair pair(Metric.Batch batch, DType dtype) {
    Ops tf = batch.tf();
    return Weighting.sameRank(
        tf,
        Numbers.cast(tf, batch.yTrue(), dtype),
        Numbers.cast(tf, batch.yPred().tensor(), dtype));
  }

  /** Returns a / (a + b), and 0 for 0 / 0. */
  static Operand<TNumber> part(Ops tf, Operand<TNumber> a, Operand<TNumber> b) {
    return tf.math.divNoNan(a, tf.math.add(a, b));
  }

  /** Returns weights of samples, steps… as weights of the elements of {@code like}. */
  static Operand<TNumber> spread(Ops tf, Operand<TNumber> weight, Operand<TNumber> like) {
    Operand<TNumber> w = Numbers.cast(tf, weight, Numbers.dtype(like));
    int more = like.shape().numDimensions() - w.shape().numDimensions();
    for (int i = 0; i < more; i++) {
      w = tf.expandDims(w, tf.constant(-1));
    }
    return tf.broadcastTo(more == -1 && last(w) == 1 ? squeezed(tf, w) : w, tf.shape(like));
  }

  /** Checks that target and output have one shape, but for a last axis of 1. */
  static void alike(String metric, Shape yTrue, Shape yPred) {
    Check.that(
        Shapes.alike(yTrue, yPred),
        "%s: expected a target of the output's shape %s, got %s%s",
        metric,
        TensorSpec.text(yPred),
        TensorSpec.text(yTrue),
        yTrue.numDimensions() < yPred.numDimensions()
            ? "; if it holds class numbers, turn them into one-hot rows"
            : "");
  }

  /** Checks that target and output are matrices of one shape with a known number of columns. */
  static void matrices(String metric, Shape yTrue, Shape yPred) {
    alike(metric, yTrue, yPred);
    Check.that(
        yPred.numDimensions() == 2,
        "%s: expected target and output of shape (?, n), got an output of shape %s",
        metric,
        TensorSpec.text(yPred));
  }

  /** Returns the index of the largest element along the last axis, in the type of {@code like}. */
  static Operand<TNumber> argmax(Ops tf, Operand<TNumber> x, DType dtype) {
    return Numbers.cast(tf, argmax(tf, x, -1), dtype);
  }

  /** Returns the index of the largest element along an axis, as int64. */
  static Operand<TNumber> argmax(Ops tf, Operand<TNumber> x, int axis) {
    Operand<TNumber> numbers =
        Numbers.dtype(x) == DType.BOOL ? Numbers.cast(tf, x, DType.INT32) : x;
    return Numbers.of(tf.math.argMax(numbers, tf.constant(axis)));
  }

  /** Returns x without its last axis. */
  static Operand<TNumber> squeezed(Ops tf, Operand<TNumber> x) {
    return tf.squeeze(x, Squeeze.axis(List.of(-1L)));
  }

  /** Returns the size of the last axis; 0 for a scalar. */
  static long last(Operand<?> x) {
    int rank = x.shape().numDimensions();
    return rank == 0 ? 0 : x.shape().get(rank - 1);
  }

  /** Returns whether each label is among the k largest of its row, in the shape of the labels. */
  static Operand<TNumber> inTopK(Ops tf, Operand<TNumber> labels, Operand<TNumber> yPred, int k) {
    Operand<TNumber> flat =
        tf.reshape(Numbers.cast(tf, labels, DType.INT32), tf.constant(new int[] {-1}));
    Operand<TNumber> rows = rows(tf, yPred);
    Operand<TBool> hit =
        tf.nn.inTopK(
            Numbers.as(Numbers.cast(tf, rows, DType.FLOAT32)), flat, Numbers.constant(tf, flat, k));
    return tf.reshape(number(tf, hit), tf.shape(labels));
  }

  /** Returns x as a matrix of its last axis. */
  static Operand<TNumber> rows(Ops tf, Operand<TNumber> x) {
    return x.shape().numDimensions() <= 2
        ? x
        : tf.reshape(x, tf.constant(new int[] {-1, Math.toIntExact(last(x))}));
  }
}
