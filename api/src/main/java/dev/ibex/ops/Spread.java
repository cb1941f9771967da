package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.family.TNumber;

/** Weighted means, and how far elements are from their mean. */
final class Spread {
  private Spread() {}

  static void add(Rows rows) {
    rows.reduction(
        "Var(x; axis=None, keepdims=False)",
        Promotion::withFraction,
        t -> Promotion.of(t, DType.FLOAT32),
        Spread::variance);
    rows.reduction(
        "Std(x; axis=None, keepdims=False)",
        Promotion::withFraction,
        Promotion::withFraction,
        (c, x, axes, keep) -> c.tf().math.sqrt(variance(c, x, axes, keep)));
    rows.one("Average(x, weights=None; axis=None)", Spread::averaged, Spread::average);
  }

  private static Operand<TNumber> variance(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    Ops tf = c.tf();
    Operand<TNumber> mean = tf.math.mean(x, tf.constant(axes), Mean.keepDims(true));
    Operand<TNumber> squares = tf.math.square(tf.math.sub(x, mean));
    return tf.math.mean(squares, tf.constant(axes), Mean.keepDims(keep));
  }

  private static DType type(OperationCall c) {
    DType x = c.spec("x").dtype();
    return Promotion.withFraction(
        c.isNone("weights") ? x : Promotion.of(x, c.spec("weights").dtype()));
  }

  private static boolean perElement(OperationCall c) {
    return c.rank("weights") == c.rank("x");
  }

  private static TensorSpec averaged(OperationCall c) {
    if (!c.isNone("axis")) {
      c.integer("axis");
    }
    TensorSpec reduced = Specs.reduced(c, "axis", false).withDType(type(c));
    if (!c.isNone("weights") && !fits(c)) {
      throw new ShapeException(
          "weights: expected the shape of x"
              + (c.isNone("axis") ? "" : " or one axis, of its size")
              + ", got "
              + c.spec("weights")
              + " for "
              + c.spec("x"));
    }
    return reduced;
  }

  private static boolean fits(OperationCall c) {
    Shape x = c.shape("x");
    Shape weights = c.shape("weights");
    if (!perElement(c)) {
      return !c.isNone("axis")
          && weights.numDimensions() == 1
          && Specs.agree(weights.get(0), x.get(c.axis("axis", c.rank("x"))));
    }
    for (int i = 0; i < c.rank("x"); i++) {
      if (!Specs.agree(x.get(i), weights.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static Operand<TNumber> average(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x", type(c));
    int[] axes = c.axes("axis", c.rank("x"));
    if (c.isNone("weights")) {
      return tf.math.mean(x, tf.constant(axes));
    }
    Operand<TNumber> weights = c.operand("weights", type(c));
    if (!perElement(c)) {
      int[] sizes = new int[c.rank("x")];
      Arrays.fill(sizes, 1);
      sizes[axes[0]] = -1;
      weights = Sizes.reshape(tf, weights, sizes);
    }
    return tf.math.div(
        tf.sum(tf.math.mul(x, weights), tf.constant(axes)), tf.sum(weights, tf.constant(axes)));
  }
}
