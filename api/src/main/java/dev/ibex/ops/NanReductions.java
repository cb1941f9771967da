package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Prod;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** What is computed along axes of all elements but those that are not numbers. */
final class NanReductions {
  private NanReductions() {}

  static void add(Rows rows) {
    add(rows, "Nansum", Reductions::summed, NanReductions::sum);
    add(rows, "Nanprod", Reductions::summed, NanReductions::prod);
    add(rows, "Nanmean", Promotion::withFraction, NanReductions::mean);
    add(rows, "Nanvar", Promotion::withFraction, NanReductions::variance);
    add(
        rows,
        "Nanstd",
        Promotion::withFraction,
        (c, x, axes, keep) -> c.tf().math.sqrt(variance(c, x, axes, keep)));
    add(rows, "Nanmax", t -> t, (c, x, axes, keep) -> extreme(c, x, axes, keep, true));
    add(rows, "Nanmin", t -> t, (c, x, axes, keep) -> extreme(c, x, axes, keep, false));
  }

  private static void add(Rows rows, String name, UnaryOperator<DType> type, Rows.Reducer f) {
    rows.reduction(name + "(x; axis=None, keepdims=False)", type, type, f);
  }

  private static Operand<TNumber> without(Ops tf, Operand<TNumber> x, double instead) {
    return Numbers.dtype(x).isFloating()
        ? tf.select(tf.math.isNan(x), Sizes.like(tf, x, instead), x)
        : x;
  }

  private static Operand<TNumber> sum(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    return c.tf().sum(without(c.tf(), x, 0), c.tf().constant(axes), Sum.keepDims(keep));
  }

  private static Operand<TNumber> prod(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    return c.tf().prod(without(c.tf(), x, 1), c.tf().constant(axes), Prod.keepDims(keep));
  }

  private static Operand<TNumber> count(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    Ops tf = c.tf();
    Operand<TBool> valid = tf.math.logicalNot(tf.math.isNan(x));
    Operand<TNumber> ones = Numbers.cast(tf, valid, Numbers.dtype(x));
    return tf.sum(ones, tf.constant(axes), Sum.keepDims(keep));
  }

  private static Operand<TNumber> mean(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    return c.tf().math.div(sum(c, x, axes, keep), count(c, x, axes, keep));
  }

  private static Operand<TNumber> variance(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    Ops tf = c.tf();
    Operand<TNumber> off = without(tf, tf.math.sub(x, mean(c, x, axes, true)), 0);
    Operand<TNumber> squares = tf.sum(tf.math.square(off), tf.constant(axes), Sum.keepDims(keep));
    return tf.math.div(squares, count(c, x, axes, keep));
  }

  private static Operand<TNumber> extreme(
      OperationCall c, Operand<TNumber> x, int[] axes, boolean keep, boolean largest) {
    Ops tf = c.tf();
    double least = largest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    Operand<TNumber> y = Extremes.reduced(c, without(tf, x, least), axes, keep, largest);
    if (!Numbers.dtype(x).isFloating()) {
      return y;
    }
    Operand<TBool> none = Reductions.all(c, Numbers.of(tf.math.isNan(x)), axes, keep);
    return tf.select(none, Sizes.like(tf, y, Double.NaN), y);
  }
}
