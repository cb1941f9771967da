package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** What is computed of vectors: cross products, powers, distances. */
final class Vectors {
  private Vectors() {}

  static void add(Rows rows) {
    rows.one(
        "Cross(x1, x2; axisa=-1, axisb=-1, axisc=-1, axis=None)", Vectors::crossed, Vectors::cross);
    rows.one("Vander(x; N=None, increasing=False)", Vectors::powers, Vectors::vander);
  }

  /** Adds the row of the module of mathematics. */
  static void addMath(Rows rows) {
    rows.one("CDist(x, y)", Vectors::distances, Vectors::cdist);
  }

  // ---- cross products ---------------------------------------------------------------------

  private static int axis(OperationCall c, String own, int rank) {
    return c.axis(c.isNone("axis") ? own : "axis", rank);
  }

  private static int size(OperationCall c, String name, String axis) {
    int size = Specs.known(c, name, axis(c, axis, c.rank(name)));
    if (size != 2 && size != 3) {
      throw new ShapeException(name + ": expected vectors of size 2 or 3, got " + c.spec(name));
    }
    return size;
  }

  private static boolean flat(OperationCall c) {
    return size(c, "x1", "axisa") == 2 && size(c, "x2", "axisb") == 2;
  }

  private static TensorSpec crossed(OperationCall c) {
    boolean flat = flat(c);
    int a = axis(c, "axisa", c.rank("x1"));
    int b = axis(c, "axisb", c.rank("x2"));
    Shape shape =
        Shapes.broadcast(
            List.of(
                Specs.without(c.shape("x1"), new int[] {a}, false),
                Specs.without(c.shape("x2"), new int[] {b}, false)));
    TensorSpec spec = Specs.numeric(new TensorSpec(shape, c.promoted("x1", "x2")));
    return flat ? spec : spec.withShape(Specs.with(shape, axis(c, "axisc", spec.rank() + 1), 3));
  }

  private static Operand<TNumber> cross(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> a = vectors(c, "x1", "axisa");
    Operand<TNumber> b = vectors(c, "x2", "axisb");
    Operand<TNumber> product =
        tf.math.sub(
            tf.math.mul(turned(tf, a, 1), turned(tf, b, 2)),
            tf.math.mul(turned(tf, a, 2), turned(tf, b, 1)));
    if (flat(c)) {
      return tf.gather(product, tf.constant(2), tf.constant(product.shape().numDimensions() - 1));
    }
    int rank = crossed(c).rank();
    int[] order = Sizes.inverse(Sizes.last(rank, axis(c, "axisc", rank)));
    return Sizes.permute(tf, product, order);
  }

  /** Returns vectors of three numbers along the last axis. */
  private static Operand<TNumber> vectors(OperationCall c, String name, String axis) {
    Ops tf = c.tf();
    int rank = c.rank(name);
    int[] order = Sizes.last(rank, axis(c, axis, rank));
    Operand<TNumber> x = Sizes.permute(tf, c.operand(name, c.promoted("x1", "x2")), order);
    int[][] widths = new int[rank][2];
    widths[rank - 1][1] = 3 - size(c, name, axis);
    return widths[rank - 1][1] == 0 ? x : tf.pad(x, tf.constant(widths), Sizes.like(tf, x, 0));
  }

  /** Returns vectors whose first number is the one at a place. */
  private static Operand<TNumber> turned(Ops tf, Operand<TNumber> x, int place) {
    int[] places = IntStream.range(place, place + 3).map(i -> i % 3).toArray();
    return tf.gather(x, tf.constant(places), tf.constant(x.shape().numDimensions() - 1));
  }

  // ---- powers -----------------------------------------------------------------------------

  private static int count(OperationCall c) {
    if (c.rank("x") != 1) {
      throw new ShapeException("x: expected one axis, got " + c.spec("x"));
    }
    return c.isNone("N") ? Specs.known(c, "x", 0) : Check.positive("N", c.integer("N"));
  }

  private static TensorSpec powers(OperationCall c) {
    return c.spec("x").withShape(c.shape("x").append(count(c)));
  }

  private static Operand<TNumber> vander(OperationCall c) {
    Ops tf = c.tf();
    int count = count(c);
    boolean increasing = c.flag("increasing");
    DType type = c.spec("x").dtype();
    DType compute = Promotion.of(type, DType.FLOAT32);
    int[] powers = IntStream.range(0, count).map(i -> increasing ? i : count - 1 - i).toArray();
    Operand<TNumber> x = tf.expandDims(c.operand("x", compute), tf.constant(1));
    return Numbers.cast(tf, tf.math.pow(x, Numbers.cast(tf, tf.constant(powers), compute)), type);
  }

  // ---- distances --------------------------------------------------------------------------

  private static TensorSpec distances(OperationCall c) {
    Shape a = Specs.ranked(c, "x", 2).shape();
    Shape b = Specs.ranked(c, "y", 2).shape();
    if (!Specs.agree(a.get(-1), b.get(-1))) {
      throw new ShapeException(
          "expected vectors of one size, got " + c.spec("x") + " and " + c.spec("y"));
    }
    Shape many =
        Shapes.broadcast(List.of(a.take(a.numDimensions() - 2), b.take(b.numDimensions() - 2)));
    return new TensorSpec(many.append(a.get(-2)).append(b.get(-2)), distance(c));
  }

  private static DType distance(OperationCall c) {
    return Promotion.withFraction(Promotion.of(c.spec("x").dtype(), c.spec("y").dtype()));
  }

  private static Operand<TNumber> cdist(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> a = tf.expandDims(c.operand("x", distance(c)), tf.constant(-2));
    Operand<TNumber> b = tf.expandDims(c.operand("y", distance(c)), tf.constant(-3));
    Operand<TNumber> squares = tf.math.square(tf.math.sub(a, b));
    return tf.math.sqrt(tf.sum(squares, tf.constant(-1)));
  }
}
