package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Any;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Elements by their place among all that are sorted along axes. */
final class Quantiles {
  private static final List<String> METHODS =
      List.of("linear", "lower", "higher", "midpoint", "nearest");
  private static final String SETTINGS = "; axis=None, method='linear', keepdims=False)";

  private Quantiles() {}

  static void add(Rows rows) {
    rows.one("Median(x; axis=None, keepdims=False)", Quantiles::reduced, Quantiles::median);
    rows.one("Quantile(x, q" + SETTINGS, Quantiles::infer, Quantiles::quantile);
    rows.one("Percentile(x, q" + SETTINGS, Quantiles::infer, Quantiles::percentile);
  }

  private static TensorSpec reduced(OperationCall c) {
    return Specs.reduced(c, "axis").withDType(Promotion.withFraction(c.spec("x").dtype()));
  }

  private static TensorSpec infer(OperationCall c) {
    Check.that(
        METHODS.contains(c.text("method")),
        "method: expected one of %s, got %s",
        METHODS,
        c.text("method"));
    if (c.rank("q") > 1) {
      throw new ShapeException("q: expected a number or one axis of them, got " + c.spec("q"));
    }
    TensorSpec reduced = reduced(c);
    return c.rank("q") == 0 ? reduced : reduced.withShape(c.shape("q").append(reduced.shape()));
  }

  private static Operand<TNumber> median(OperationCall c) {
    return of(c, Numbers.of(c.tf().constant(0.5)), "linear");
  }

  private static Operand<TNumber> quantile(OperationCall c) {
    boolean number = c.argument("q") instanceof Argument.Literal;
    Operand<TNumber> q = number ? c.operand("q", DType.FLOAT64) : c.operand("q");
    return of(c, Numbers.cast(c.tf(), q, DType.FLOAT64), c.text("method"));
  }

  private static Operand<TNumber> percentile(OperationCall c) {
    Operand<TNumber> q = c.operand("q", DType.FLOAT32);
    Operand<TNumber> part = c.tf().math.div(q, Sizes.like(c.tf(), q, 100));
    return of(c, Numbers.cast(c.tf(), part, DType.FLOAT64), c.text("method"));
  }

  private static Operand<TNumber> of(OperationCall c, Operand<TNumber> q, String method) {
    Ops tf = c.tf();
    int rank = c.rank("x");
    int[] axes = c.axes("axis", rank);
    Operand<TNumber> x =
        Sizes.permute(
            tf,
            c.operand("x", Promotion.withFraction(c.spec("x").dtype())),
            Sizes.last(rank, axes));
    int kept = rank - axes.length;
    Operand<TInt32> sizes = Sizes.join(tf, Sizes.between(tf, x, 0, kept), tf.constant(-1));
    Operand<TNumber> rows = tf.reshape(x, sizes);
    Operand<TNumber> y =
        at(tf, Sorted.ascending(tf, rows), Numbers.as(Sizes.flat(tf, q)), method, kept);
    Operand<TBool> unknown = tf.any(tf.math.isNan(rows), tf.constant(-1), Any.keepDims(true));
    y = tf.select(unknown, Sizes.like(tf, y, Double.NaN), y);
    return shaped(c, y, q.shape().numDimensions() > 0, axes);
  }

  /** Brings [kept axes, quantiles] into the shape of the result. */
  private static Operand<TNumber> shaped(
      OperationCall c, Operand<TNumber> y, boolean several, int[] axes) {
    Ops tf = c.tf();
    int kept = c.rank("x") - axes.length;
    int[] first = IntStream.range(0, kept + 1).map(i -> i == 0 ? kept : i - 1).toArray();
    Operand<TNumber> moved = Sizes.permute(tf, y, first);
    if (c.flag("keepdims")) {
      for (int axis : IntStream.of(axes).sorted().toArray()) {
        moved = tf.expandDims(moved, tf.constant(axis + 1));
      }
    }
    return several ? moved : tf.gather(moved, tf.constant(0), tf.constant(0));
  }

  private static Operand<TNumber> at(
      Ops tf, Operand<TNumber> sorted, Operand<TFloat64> q, String method, int axis) {
    Operand<TInt32> last = tf.math.sub(Sizes.at(tf, sorted, axis), tf.constant(1));
    Operand<TFloat64> exact = tf.math.mul(tf.dtypes.cast(last, TFloat64.class), q);
    Operand<TNumber> lower = gather(tf, sorted, tf.math.floor(exact), last, axis);
    Operand<TNumber> higher = gather(tf, sorted, tf.math.ceil(exact), last, axis);
    return switch (method) {
      case "lower" -> lower;
      case "higher" -> higher;
      case "nearest" -> gather(tf, sorted, tf.math.rint(exact), last, axis);
      case "midpoint" -> tf.math.mul(Sizes.like(tf, lower, 0.5), tf.math.add(lower, higher));
      default -> linear(tf, sorted, exact, last, axis);
    };
  }

  /** Between two neighbours, also where the place is exact, so that both have derivatives. */
  private static Operand<TNumber> linear(
      Ops tf, Operand<TNumber> sorted, Operand<TFloat64> exact, Operand<TInt32> last, int axis) {
    Operand<TInt32> ceiling = tf.dtypes.cast(tf.math.ceil(exact), TInt32.class);
    Operand<TInt32> smaller =
        tf.math.maximum(
            tf.math.sub(tf.math.minimum(ceiling, last), tf.constant(1)), tf.constant(0));
    Operand<TInt32> larger = tf.math.minimum(tf.math.add(smaller, tf.constant(1)), last);
    Operand<TNumber> part =
        Numbers.cast(
            tf, tf.math.sub(tf.dtypes.cast(larger, TFloat64.class), exact), Numbers.dtype(sorted));
    Operand<TNumber> rest = tf.math.sub(Sizes.like(tf, part, 1), part);
    return tf.math.add(
        tf.math.mul(tf.gather(sorted, larger, tf.constant(axis)), rest),
        tf.math.mul(tf.gather(sorted, smaller, tf.constant(axis)), part));
  }

  private static Operand<TNumber> gather(
      Ops tf, Operand<TNumber> sorted, Operand<TFloat64> place, Operand<TInt32> last, int axis) {
    Operand<TInt32> whole = tf.dtypes.cast(place, TInt32.class);
    Operand<TInt32> inside = tf.math.maximum(tf.math.minimum(whole, last), tf.constant(0));
    return tf.gather(sorted, inside, tf.constant(axis));
  }
}
