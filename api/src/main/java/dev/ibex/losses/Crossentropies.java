package dev.ibex.losses;

import static dev.ibex.losses.Tensors.axisLast;
import static dev.ibex.losses.Tensors.clip;
import static dev.ibex.losses.Tensors.number;
import static dev.ibex.losses.Tensors.rest;
import static dev.ibex.losses.Tensors.times;

import dev.ibex.graph.DType;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.util.Optional;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * The three cross-entropies.
 *
 * <p>An output that comes straight from softmax or sigmoid is not used: its logits are, so that
 * nothing saturates. Any other output is taken as probabilities clipped to [1e-7, 1 - 1e-7].
 *
 * <p>Source: {@code keras.src.backend.tensorflow.nn}.
 */
final class Crossentropies {
  static final double EPSILON = 1e-7;

  private Crossentropies() {}

  /**
   * Returns what a softmax or sigmoid made the output from; empty if another op made it. As in
   * Keras, either loss takes the logits of either.
   */
  private static Optional<Operand<TNumber>> logits(Operand<TNumber> yPred, boolean fromLogits) {
    if (yPred.asOutput().op() instanceof GraphOperation op
        && (op.type().equals("Softmax") || op.type().equals("Sigmoid"))) {
      return Optional.of(Numbers.of(op.input(0)));
    }
    return fromLogits ? Optional.of(yPred) : Optional.empty();
  }

  /** Returns -t log(p) - (1 - t) log(1 - p) for each element. */
  static Operand<TNumber> binary(
      Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred, boolean fromLogits) {
    Optional<Operand<TNumber>> logits = logits(yPred, fromLogits);
    if (logits.isPresent()) {
      return binaryOfLogits(tf, yTrue, logits.get());
    }
    Operand<TNumber> p = probability(tf, yPred);
    Operand<TNumber> on = tf.math.mul(yTrue, tf.math.log(p));
    Operand<TNumber> off = tf.math.mul(rest(tf, yTrue), tf.math.log(rest(tf, p)));
    return tf.math.neg(tf.math.add(on, off));
  }

  /** max(x, 0) - x t + log(1 + exp(-|x|)), written so that its derivative at 0 is right. */
  private static Operand<TNumber> binaryOfLogits(Ops tf, Operand<TNumber> t, Operand<TNumber> x) {
    Operand<TNumber> zero = tf.zerosLike(x);
    var positive = tf.math.greaterEqual(x, zero);
    Operand<TNumber> relu = tf.select(positive, x, zero);
    Operand<TNumber> low = tf.select(positive, tf.math.neg(x), x);
    return tf.math.add(tf.math.sub(relu, tf.math.mul(x, t)), tf.math.log1p(tf.math.exp(low)));
  }

  /** Returns -sum(t log(p)) along an axis. */
  static Operand<TNumber> categorical(
      Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred, boolean fromLogits, int axis) {
    Optional<Operand<TNumber>> logits = logits(yPred, fromLogits);
    if (logits.isPresent()) {
      return dense(tf, axisLast(tf, yTrue, axis), axisLast(tf, logits.get(), axis));
    }
    Operand<TNumber> p = probability(tf, normalized(tf, yPred, axis));
    return tf.math.neg(Tensors.sum(tf, tf.math.mul(yTrue, tf.math.log(p)), axis));
  }

  /** Returns p / sum(p) along an axis. */
  static Operand<TNumber> normalized(Ops tf, Operand<TNumber> p, int axis) {
    return tf.math.div(p, Tensors.sumKept(tf, p, axis));
  }

  static Operand<TNumber> probability(Ops tf, Operand<TNumber> p) {
    return clip(tf, p, EPSILON, 1 - EPSILON);
  }

  /** Returns -log(p[t]) along an axis, for labels without that axis. */
  static Operand<TNumber> sparse(
      Ops tf, Operand<TInt64> labels, Operand<TNumber> yPred, boolean fromLogits, int axis) {
    Operand<TNumber> logits =
        logits(yPred, fromLogits).orElseGet(() -> tf.math.log(probability(tf, yPred)));
    return sparse(tf, labels, axisLast(tf, logits, axis), !Gradients.REGISTRABLE);
  }

  /** Returns the cross-entropy of logits along the last axis, by the sparse op or the dense one. */
  static Operand<TNumber> sparse(
      Ops tf, Operand<TInt64> labels, Operand<TNumber> x, boolean oneHot) {
    if (oneHot) {
      return dense(tf, oneHot(tf, Numbers.of(labels), x), x);
    }
    DType dtype = Numbers.dtype(x);
    Operand<TNumber> wide = precise(tf, x);
    Operand<TNumber> rows =
        tf.nn
            .sparseSoftmaxCrossEntropyWithLogits(rows(tf, wide), tf.reshape(labels, minusOne(tf)))
            .loss();
    return Numbers.cast(tf, unrows(tf, rows, x), dtype);
  }

  /** Returns class numbers as rows of 0 and 1 like those of x, in its type. */
  static Operand<TNumber> oneHot(Ops tf, Operand<TNumber> labels, Operand<TNumber> x) {
    Operand<TInt32> depth = tf.reshape(size(tf, x), tf.constant(Shape.scalar()));
    return tf.oneHot(
        Numbers.cast(tf, labels, DType.INT64), depth, number(tf, x, 1), number(tf, x, 0));
  }

  /** Returns exp(x) / sum(exp(x)) along an axis. */
  static Operand<TNumber> softmax(Ops tf, Operand<TNumber> x, int axis) {
    int rank = x.shape().numDimensions();
    if (axis == -1 || axis == rank - 1) {
      return tf.nn.softmax(x);
    }
    Operand<TNumber> largest = tf.stopGradient(tf.max(x, tf.constant(axis), Max.keepDims(true)));
    return normalized(tf, tf.math.exp(tf.math.sub(x, largest)), axis);
  }

  private static Operand<TNumber> dense(Ops tf, Operand<TNumber> t, Operand<TNumber> x) {
    DType dtype = Numbers.dtype(x);
    Operand<TNumber> targets = rows(tf, precise(tf, t));
    Operand<TNumber> logits = rows(tf, precise(tf, x));
    Operand<TNumber> rows =
        dtype == DType.FLOAT64 // TensorFlow's gradient of the fused op is for float32 only
            ? tf.math.neg(Tensors.sum(tf, tf.math.mul(targets, tf.nn.logSoftmax(logits)), -1))
            : tf.nn.softmaxCrossEntropyWithLogits(logits, targets).loss();
    return Numbers.cast(tf, unrows(tf, rows, x), dtype);
  }

  /** The fused ops compute half precision in float32, as Keras has them do. */
  private static Operand<TNumber> precise(Ops tf, Operand<TNumber> x) {
    return Numbers.dtype(x).bytes() < 4 ? Numbers.cast(tf, x, DType.FLOAT32) : x;
  }

  /** Returns x as a matrix of its last axis, which the fused ops want. */
  private static Operand<TNumber> rows(Ops tf, Operand<TNumber> x) {
    return x.shape().numDimensions() == 2
        ? x
        : tf.reshape(x, tf.concat(java.util.List.of(minusOne(tf), size(tf, x)), tf.constant(0)));
  }

  private static Operand<TNumber> unrows(Ops tf, Operand<TNumber> rows, Operand<TNumber> x) {
    int rank = x.shape().numDimensions();
    return rank == 2
        ? rows
        : tf.reshape(
            rows,
            tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {rank - 1})));
  }

  /** Returns the size of the last axis, as a vector of one element. */
  private static Operand<TInt32> size(Ops tf, Operand<TNumber> x) {
    int rank = x.shape().numDimensions();
    return tf.slice(tf.shape(x), tf.constant(new int[] {rank - 1}), tf.constant(new int[] {1}));
  }

  private static Operand<TInt32> minusOne(Ops tf) {
    return tf.constant(new int[] {-1});
  }

  /** Returns t (1 - s) + s / 2. */
  static Operand<TNumber> smoothBinary(Ops tf, Operand<TNumber> t, double s) {
    return s == 0 ? t : tf.math.add(times(tf, t, 1 - s), number(tf, t, 0.5 * s));
  }

  /** Returns t (1 - s) + s / n, n being the size of the last axis. */
  static Operand<TNumber> smoothCategorical(Ops tf, Operand<TNumber> t, double s) {
    if (s == 0) {
      return t;
    }
    Operand<TNumber> n =
        Numbers.cast(tf, tf.reshape(size(tf, t), tf.constant(Shape.scalar())), Numbers.dtype(t));
    return tf.math.add(times(tf, t, 1 - s), tf.math.div(number(tf, t, s), n));
  }
}
