package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Sums and products so far, and differences of neighbours. */
final class Cumulative {
  private Cumulative() {}

  static void add(Rows rows) {
    rows.one(
        "Cumsum(x; axis=None, dtype=None)",
        Cumulative::spec,
        c -> c.tf().math.cumsum(in(c), c.tf().constant(axis(c))));
    rows.one(
        "Cumprod(x; axis=None, dtype=None)",
        Cumulative::spec,
        c -> c.tf().math.cumprod(in(c), c.tf().constant(axis(c))));
    rows.one("Diff(a; n=1, axis=-1)", Cumulative::differences, Cumulative::diff);
    rows.one(
        "Trapezoid(y; x=None, dx=1.0, axis=-1)", Cumulative::integrated, Cumulative::trapezoid);
  }

  private static DType type(OperationCall c) {
    return Promotion.withWhole(c.dtype("dtype").orElse(c.spec("x").dtype()));
  }

  private static int axis(OperationCall c) {
    return c.isNone("axis") ? 0 : c.axis("axis", c.rank("x"));
  }

  private static TensorSpec spec(OperationCall c) {
    axis(c);
    TensorSpec x = c.spec("x").withDType(type(c));
    return c.isNone("axis") ? Specs.flat(x) : x;
  }

  private static Operand<TNumber> in(OperationCall c) {
    Operand<TNumber> x = c.operand("x", type(c));
    return c.isNone("axis") ? Sizes.flat(c.tf(), x) : x;
  }

  private static TensorSpec differences(OperationCall c) {
    Check.that(c.integer("n") >= 0, "n: expected a number of at least 0, got %d", c.integer("n"));
    int axis = c.axis("axis", c.rank("a"));
    long size = c.shape("a").get(axis);
    long left = size < 0 ? -1 : Math.max(0, size - c.integer("n"));
    return c.spec("a").withShape(Shapes.with(c.shape("a"), axis, left));
  }

  private static Operand<TNumber> diff(OperationCall c) {
    Operand<TNumber> y = c.operand("a");
    int axis = c.axis("axis", c.rank("a"));
    for (int i = 0; i < c.integer("n"); i++) {
      Operand<TNumber> later = Parts.from(c.tf(), y, axis, 1);
      Operand<TNumber> sooner = Parts.to(c.tf(), y, axis, -1);
      y =
          Numbers.dtype(y) == DType.BOOL
              ? Numbers.of(c.tf().math.notEqual(later, sooner))
              : c.tf().math.sub(later, sooner);
    }
    return y;
  }

  private static TensorSpec integrated(OperationCall c) {
    int axis = c.axis("axis", c.rank("y"));
    if (!c.isNone("x")) {
      boolean one = c.rank("x") == 1;
      Shape x = c.shape("x");
      Check.that(
          (one && Specs.agree(x.get(0), c.shape("y").get(axis))) || c.rank("x") == c.rank("y"),
          "x: expected a number for each of the places along the axis, or one for each element,"
              + " got %s for %s",
          c.spec("x"),
          c.spec("y"));
    }
    return new TensorSpec(
        Specs.without(c.shape("y"), new int[] {axis}, false),
        Promotion.withFraction(c.spec("y").dtype()));
  }

  private static Operand<TNumber> trapezoid(OperationCall c) {
    Ops tf = c.tf();
    DType type = Promotion.withFraction(c.spec("y").dtype());
    int rank = c.rank("y");
    int axis = c.axis("axis", rank);
    Operand<TNumber> y = Sizes.permute(tf, c.operand("y", type), Sizes.last(rank, axis));
    Operand<TNumber> heights = tf.math.mul(Sizes.like(tf, y, 0.5), pairs(tf, y, false));
    Operand<TNumber> widths = c.isNone("x") ? c.operand("dx", type) : widths(c, type, axis);
    return tf.sum(tf.math.mul(heights, widths), tf.constant(-1));
  }

  private static Operand<TNumber> widths(OperationCall c, DType type, int axis) {
    int rank = c.rank("x");
    int[] order = rank == 1 ? new int[] {0} : Sizes.last(rank, axis);
    return pairs(c.tf(), Sizes.permute(c.tf(), c.operand("x", type), order), true);
  }

  /** Returns sums or differences of neighbours along the last axis. */
  private static Operand<TNumber> pairs(Ops tf, Operand<TNumber> x, boolean difference) {
    int last = x.shape().numDimensions() - 1;
    Operand<TNumber> later = Parts.from(tf, x, last, 1);
    Operand<TNumber> sooner = Parts.to(tf, x, last, -1);
    return difference ? tf.math.sub(later, sooner) : tf.math.add(later, sooner);
  }
}
