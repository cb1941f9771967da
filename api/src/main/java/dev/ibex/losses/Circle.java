package dev.ibex.losses;

import dev.ibex.core.Records;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Pulls embeddings of one class together and those of different classes apart, the more the farther
 * they are from it: softplus(logsumexp(gamma w⁺ (d - m)) + logsumexp(gamma w⁻ (1 - m - d))) for
 * each sample, d being its cosine distances to the others of the batch, m the margin, w⁺ = m + d
 * and w⁻ = max(1 + m - d, 0).
 *
 * <p>Output {@code [batch, n]}, rows of length 1 (a {@code UnitNormalization} makes them); target
 * {@code [batch]} or {@code [batch, 1]}, a whole number for each class. Samples without a partner
 * cost 0 and are left out of the mean. Source: {@code keras.losses.Circle}; Sun et al., 2020.
 *
 * @param options name, reduction, type
 * @param gamma the steepness
 * @param margin how far apart the classes are to be
 * @param removeDiagonal whether a sample is not its own partner
 */
public record Circle(LossOptions options, double gamma, double margin, boolean removeDiagonal)
    implements ConfiguredLoss<Circle> {
  /** Returns the loss with Keras's defaults. */
  public static Circle of() {
    return new Circle(LossOptions.of("circle"), 80, 0.4, true);
  }

  /** Returns this loss with another steepness; default 80. */
  public Circle gamma(double gamma) {
    return Records.with(this, "gamma", gamma);
  }

  /** Returns this loss with another margin; default 0.4. */
  public Circle margin(double margin) {
    return Records.with(this, "margin", margin);
  }

  /** Returns this loss with a sample not as its own partner, or so; default true. */
  public Circle removeDiagonal(boolean on) {
    return Records.with(this, "removeDiagonal", on);
  }

  @Override
  public boolean integerTargets() {
    return true;
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> labels =
        tf.reshape(Numbers.cast(tf, yTrue, DType.INT64), tf.constant(new int[] {-1}));
    Operand<TBool> same = pairs(tf, labels);
    Operand<TBool> different = tf.math.logicalNot(same);
    Operand<TNumber> cosine = Numbers.of(tf.linalg.matMul(yPred, yPred, MatMul.transposeB(true)));
    Operand<TNumber> zero = tf.zerosLike(cosine);
    Operand<TNumber> d = tf.math.maximum(Tensors.rest(tf, cosine), zero);
    Operand<TNumber> m = Tensors.number(tf, d, margin);
    Operand<TNumber> near =
        tf.math.mul(
            tf.math.maximum(tf.math.add(d, m), zero), // a negative margin can make it negative
            tf.math.sub(d, m));
    Operand<TNumber> far =
        tf.math.mul(
            tf.math.maximum(tf.math.sub(Tensors.number(tf, d, 1 + margin), d), zero),
            tf.math.sub(Tensors.number(tf, d, 1 - margin), d));
    Operand<TBool> partners = same;
    if (removeDiagonal) {
      Operand<TNumber> place = tf.math.cumsum(tf.onesLike(labels), tf.constant(0));
      partners = tf.math.logicalAnd(same, tf.math.logicalNot(pairs(tf, place)));
    }
    return tf.math.softplus(
        tf.math.add(
            logSumExp(tf, Tensors.times(tf, near, gamma), partners),
            logSumExp(tf, Tensors.times(tf, far, gamma), different)));
  }

  /** Returns which two elements of a vector are equal. */
  private static Operand<TBool> pairs(Ops tf, Operand<TNumber> x) {
    return tf.math.equal(
        tf.reshape(x, tf.constant(new int[] {-1, 1})),
        tf.reshape(x, tf.constant(new int[] {1, -1})));
  }

  /** Returns the logarithm of the sum of exp(x) where it counts; minus infinity for no elements. */
  private static Operand<TNumber> logSumExp(Ops tf, Operand<TNumber> x, Operand<TBool> counts) {
    Operand<TNumber> low = Tensors.number(tf, x, Double.NEGATIVE_INFINITY);
    Operand<TBool> any = tf.reduceAny(counts, tf.constant(1));
    Operand<TNumber> largest =
        tf.stopGradient(tf.max(tf.select(counts, x, low), tf.constant(1), Max.keepDims(true)));
    Operand<TNumber> top =
        tf.select(tf.expandDims(any, tf.constant(1)), largest, tf.zerosLike(largest));
    // what does not count is replaced before exp and log, for neither may see what has no
    // derivative
    Operand<TNumber> shifted = tf.select(counts, tf.math.sub(x, top), tf.zerosLike(x));
    Operand<TNumber> terms = tf.select(counts, tf.math.exp(shifted), tf.zerosLike(x));
    Operand<TNumber> sum = tf.sum(terms, tf.constant(1));
    Operand<TNumber> log = tf.math.log(tf.select(any, sum, Tensors.number(tf, sum, 1)));
    Operand<TNumber> whole = tf.math.add(log, tf.squeeze(top, Squeeze.axis(List.of(1L))));
    return tf.select(any, whole, low);
  }

  @Override
  public Optional<Operand<TBool>> mask(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> values) {
    return Optional.of(tf.math.greater(values, tf.zerosLike(values)));
  }

  @Override
  public void check(String output, Array target, Shape outputShape) {
    TargetCheck.groups("Circle", output, target, outputShape);
  }
}
