package dev.ibex.core;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Sample weights, masks and reductions around losses and metrics.
 *
 * <p>Source: the rules of {@code keras.src.losses.loss} and {@code
 * keras.src.metrics.reduction_metrics}.
 */
public final class Weighting {
  private Weighting() {}

  /** Two tensors brought to one rank. */
  public record Pair(Operand<TNumber> first, Operand<TNumber> second) {}

  /** Returns the reduced loss of an output. */
  public static Operand<TNumber> loss(
      Ops tf, Loss loss, Operand<?> yTrue, Value yPred, Optional<Operand<?>> sampleWeight) {
    DType dtype = loss.dtype();
    Pair y = sameRank(tf, target(tf, loss, yTrue), Numbers.cast(tf, yPred.tensor(), dtype));
    return loss.reduced(
        tf, y.first(), y.second(), yPred.mask(), sampleWeight.map(w -> Numbers.cast(tf, w, dtype)));
  }

  /** Returns the reduced values of a loss, with weights and masks in them. */
  static Operand<TNumber> reduced(
      Ops tf,
      Loss loss,
      Operand<TNumber> yTrue,
      Operand<TNumber> yPred,
      Optional<Operand<TBool>> mask,
      Optional<Operand<TNumber>> sampleWeight) {
    Operand<TNumber> values = loss.values(tf, yTrue, yPred);
    Optional<Operand<TNumber>> weight =
        masked(
            tf,
            sampleWeight,
            both(tf, mask, loss.mask(tf, yTrue, values)),
            loss.dtype(),
            loss.reduction());
    if (weight.isPresent()) {
      Pair weighted = sameRank(tf, values, weight.get());
      values = tf.math.mul(weighted.first(), weighted.second());
      weight = Optional.of(weighted.second());
    }
    return reduce(tf, values, weight, loss.reduction());
  }

  private static Optional<Operand<TBool>> both(
      Ops tf, Optional<Operand<TBool>> a, Optional<Operand<TBool>> b) {
    return a.isPresent() && b.isPresent()
        ? Optional.of(tf.math.logicalAnd(a.get(), b.get()))
        : a.or(() -> b);
  }

  private static Operand<TNumber> target(Ops tf, Loss loss, Operand<?> yTrue) {
    return loss.integerTargets() && Numbers.dtype(yTrue).isInteger()
        ? Numbers.of(yTrue)
        : Numbers.cast(tf, yTrue, loss.dtype());
  }

  /**
   * Returns the two with the last axis of one added or dropped, where the ranks differ by one and
   * that axis is 1.
   */
  public static Pair sameRank(Ops tf, Operand<TNumber> a, Operand<TNumber> b) {
    int ra = a.shape().numDimensions();
    int rb = b.shape().numDimensions();
    if (ra == rb + 1 && last(a) == 1) {
      return rb == 1 ? new Pair(a, widened(tf, b)) : new Pair(squeezed(tf, a), b);
    }
    if (rb == ra + 1 && last(b) == 1) {
      return ra == 1 ? new Pair(widened(tf, a), b) : new Pair(a, squeezed(tf, b));
    }
    return new Pair(a, b);
  }

  private static long last(Operand<?> x) {
    Shape s = x.shape();
    return s.get(s.numDimensions() - 1);
  }

  private static Operand<TNumber> widened(Ops tf, Operand<TNumber> x) {
    return tf.expandDims(x, tf.constant(-1));
  }

  private static Operand<TNumber> squeezed(Ops tf, Operand<TNumber> x) {
    return tf.squeeze(x, Squeeze.axis(java.util.List.of(-1L)));
  }

  /** Returns the weights with the mask in them; masked elements weigh 0. */
  public static Optional<Operand<TNumber>> masked(
      Ops tf,
      Optional<Operand<TNumber>> sampleWeight,
      Optional<Operand<TBool>> mask,
      DType dtype,
      Reduction reduction) {
    if (mask.isEmpty()) {
      return sampleWeight;
    }
    Operand<TNumber> m = Numbers.cast(tf, mask.get(), dtype);
    if (reduction == Reduction.MEAN || reduction == Reduction.SUM_OVER_BATCH_SIZE) {
      // valid elements share the weight of all, so that the mean is over the valid ones
      Operand<TNumber> total = Numbers.cast(tf, size(tf, m), dtype);
      m = tf.math.mul(m, tf.math.divNoNan(total, sum(tf, m)));
    }
    if (sampleWeight.isEmpty()) {
      return Optional.of(m);
    }
    Pair both = sameRank(tf, m, sampleWeight.get());
    return Optional.of(tf.math.mul(both.second(), both.first()));
  }

  private static Operand<TNumber> reduce(
      Ops tf, Operand<TNumber> values, Optional<Operand<TNumber>> weight, Reduction reduction) {
    if (reduction == Reduction.NONE || values.shape().numDimensions() == 0) {
      return values;
    }
    Operand<TNumber> total = sum(tf, values);
    if (reduction == Reduction.SUM) {
      return total;
    }
    if (reduction == Reduction.MEAN_WITH_SAMPLE_WEIGHT && weight.isPresent()) {
      return tf.math.divNoNan(total, sum(tf, weight.get()));
    }
    // the reciprocal has a far smaller derivative in the graph than a quotient
    Operand<TNumber> share =
        tf.math.reciprocal(Numbers.cast(tf, size(tf, values), Numbers.dtype(values)));
    return tf.math.mul(total, share);
  }

  /**
   * Returns one value and one weight a sample, by the mean over the other axes: what metrics add
   * up.
   */
  public static Pair samplewise(
      Ops tf, Operand<TNumber> values, Optional<Operand<TNumber>> sampleWeight) {
    Operand<TNumber> v = values;
    Operand<TNumber> w;
    if (sampleWeight.isPresent()) {
      Pair both = sameRank(tf, values, sampleWeight.get());
      int rank = both.second().shape().numDimensions();
      v = mean(tf, both.first(), rank);
      w = tf.broadcastTo(both.second(), tf.shape(v));
      v = tf.math.mul(v, w);
      w = rank > 1 ? mean(tf, w, 1) : w;
    } else {
      w = v.shape().numDimensions() == 0 ? Numbers.constant(tf, v, 1) : ones(tf, v);
    }
    return new Pair(mean(tf, v, 1), w);
  }

  private static Operand<TNumber> ones(Ops tf, Operand<TNumber> v) {
    Operand<TInt32> first =
        tf.slice(tf.shape(v), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return tf.fill(first, Numbers.constant(tf, v, 1));
  }

  /** Returns the number of samples of a batch, a scalar. */
  public static Operand<TNumber> rows(Ops tf, Operand<?> batch, DType dtype) {
    return Numbers.cast(tf, tf.gather(tf.shape(batch), tf.constant(0), tf.constant(0)), dtype);
  }

  /** Returns the mean over the axes from {@code from} on; x itself where there are none. */
  private static Operand<TNumber> mean(Ops tf, Operand<TNumber> x, int from) {
    int rank = x.shape().numDimensions();
    return rank <= from ? x : tf.math.mean(x, tf.constant(IntStream.range(from, rank).toArray()));
  }

  /** Returns the sum of all elements. */
  public static Operand<TNumber> sum(Ops tf, Operand<TNumber> x) {
    return tf.sum(x, tf.constant(IntStream.range(0, x.shape().numDimensions()).toArray()));
  }

  private static Operand<TInt32> size(Ops tf, Operand<?> x) {
    return tf.prod(tf.shape(x), tf.constant(0));
  }
}
