package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** Diagonals of matrices, and what is on one side of them. */
final class Diagonals {
  private Diagonals() {}

  static void add(Rows rows) {
    rows.one("Diag(x; k=0)", Diagonals::diagSpec, Diagonals::diag);
    rows.one(
        "Diagflat(x; k=0)",
        c -> square(c, known(c)),
        c -> matrix(c, Sizes.flat(c.tf(), c.operand("x")), known(c)));
    String axes = "(x; offset=0, axis1=0, axis2=1)";
    rows.one("Diagonal" + axes, Diagonals::diagonalSpec, c -> diagonal(c, c.operand("x")));
    rows.one("Trace" + axes, Diagonals::traced, Diagonals::trace);
    rows.one("Tril(x; k=0)", Diagonals::triangular, c -> triangle(c, true));
    rows.one("Triu(x; k=0)", Diagonals::triangular, c -> triangle(c, false));
  }

  // ---- matrices of diagonals --------------------------------------------------------------

  private static int known(OperationCall c) {
    long size = Shapes.product(c.shape("x"), 0);
    if (size < 0) {
      throw new ShapeException("x: expected known sizes, got " + c.spec("x"));
    }
    return Math.toIntExact(size);
  }

  private static TensorSpec square(OperationCall c, int size) {
    long side = (long) size + Math.abs(c.integer("k"));
    return c.spec("x").withShape(Shape.of(side, side));
  }

  private static TensorSpec diagSpec(OperationCall c) {
    if (c.rank("x") == 1) {
      return square(c, known(c));
    } else if (c.rank("x") == 2) {
      return c.spec("x").withShape(Shape.of(places(c, c.integer("k"), 0, 1).length));
    }
    throw new ShapeException("x: expected one or two axes, got " + c.spec("x"));
  }

  private static Operand<TNumber> diag(OperationCall c) {
    return c.rank("x") == 1
        ? matrix(c, c.operand("x"), known(c))
        : diagonal(c, c.operand("x"), c.integer("k"), 0, 1);
  }

  /** TensorFlow has a derivative of scattering, but none of making diagonals off the main one. */
  private static Operand<TNumber> matrix(OperationCall c, Operand<TNumber> x, int size) {
    Ops tf = c.tf();
    int k = c.integer("k");
    int side = size + Math.abs(k);
    int[][] places = new int[size][];
    for (int i = 0; i < size; i++) {
      places[i] = new int[] {i + Math.max(0, -k), i + Math.max(0, k)};
    }
    DType type = Numbers.dtype(x);
    DType added = type == DType.BOOL ? DType.INT32 : type;
    Operand<TNumber> all =
        Numbers.of(
            tf.scatterNd(
                tf.constant(places),
                Numbers.cast(tf, x, added),
                tf.constant(new int[] {side, side})));
    return Numbers.cast(tf, all, type);
  }

  // ---- diagonals of matrices --------------------------------------------------------------

  private static int axis(OperationCall c, String name) {
    return c.axis(name, c.rank("x"));
  }

  /** Returns where a diagonal is among the elements of a matrix one after the other. */
  private static int[] places(OperationCall c, int offset, int axis1, int axis2) {
    int rows = Specs.known(c, "x", axis1);
    int columns = Specs.known(c, "x", axis2);
    return IntStream.range(0, rows)
        .filter(i -> i + offset >= 0 && i + offset < columns)
        .map(i -> i * columns + i + offset)
        .toArray();
  }

  private static TensorSpec diagonalSpec(OperationCall c) {
    Specs.ranked(c, "x", 2);
    int axis1 = axis(c, "axis1");
    int axis2 = axis(c, "axis2");
    Check.that(axis1 != axis2, "axis2: expected another axis than axis1, %d", axis1);
    Shape rest = Specs.without(c.shape("x"), new int[] {axis1, axis2}, false);
    long size = places(c, c.integer("offset"), axis1, axis2).length;
    Check.that(size > 0, "offset: %s has no diagonal %d", c.spec("x"), c.integer("offset"));
    return c.spec("x").withShape(rest.append(size));
  }

  private static Operand<TNumber> diagonal(OperationCall c, Operand<TNumber> x) {
    return diagonal(c, x, c.integer("offset"), axis(c, "axis1"), axis(c, "axis2"));
  }

  private static Operand<TNumber> diagonal(
      OperationCall c, Operand<TNumber> x, int offset, int axis1, int axis2) {
    Ops tf = c.tf();
    int rank = c.rank("x");
    Operand<TNumber> moved = Sizes.permute(tf, x, Sizes.last(rank, axis1, axis2));
    int elements = Specs.known(c, "x", axis1) * Specs.known(c, "x", axis2);
    Operand<TNumber> rows =
        tf.reshape(
            moved, Sizes.join(tf, Sizes.between(tf, moved, 0, rank - 2), tf.constant(elements)));
    return tf.gather(rows, tf.constant(places(c, offset, axis1, axis2)), tf.constant(rank - 2));
  }

  private static TensorSpec traced(OperationCall c) {
    TensorSpec diagonal = diagonalSpec(c);
    return new TensorSpec(
        diagonal.shape().take(diagonal.rank() - 1), Reductions.summed(diagonal.dtype()));
  }

  private static Operand<TNumber> trace(OperationCall c) {
    Operand<TNumber> x = c.operand("x", Reductions.summed(c.spec("x").dtype()));
    return c.tf().sum(diagonal(c, x), c.tf().constant(-1));
  }

  // ---- triangles --------------------------------------------------------------------------

  private static TensorSpec triangular(OperationCall c) {
    c.integer("k");
    return Specs.ranked(c, "x", 2);
  }

  /** What is beyond a diagonal that does not reach the main one is the rest of another band. */
  private static Operand<TNumber> triangle(OperationCall c, boolean lower) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    int k = lower ? c.integer("k") : -c.integer("k");
    if (k >= 0) {
      return band(tf, x, lower ? -1 : k, lower ? k : -1);
    }
    Operand<TNumber> ones = Numbers.of(tf.fill(Sizes.of(tf, x), tf.constant(1)));
    Operand<TNumber> rest = band(tf, ones, lower ? -k - 1 : -1, lower ? -1 : -k - 1);
    Operand<TBool> kept = tf.math.equal(rest, Sizes.like(tf, rest, 0));
    return tf.select(kept, x, tf.zerosLike(x));
  }

  private static Operand<TNumber> band(Ops tf, Operand<TNumber> x, int below, int above) {
    return tf.linalg.bandPart(x, tf.constant(below), tf.constant(above));
  }
}
