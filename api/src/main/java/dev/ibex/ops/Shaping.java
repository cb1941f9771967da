package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TNumber;

/** The same elements in another shape. */
final class Shaping {
  private Shaping() {}

  static void add(Rows rows) {
    rows.one(
        "Reshape(x; newshape)",
        Shaping::reshaped,
        c -> c.tf().reshape(c.operand("x"), c.tf().constant(c.integers("newshape"))));
    rows.one(
        "Transpose(x; axes=None)",
        c -> c.spec("x").withShape(permuted(c.shape("x"), order(c))),
        c -> c.tf().linalg.transpose(c.operand("x"), c.tf().constant(order(c))));
    rows.one("ExpandDims(x; axis)", Shaping::expanded, Shaping::expandDims);
    rows.one("Squeeze(x; axis=None)", Shaping::squeezed, Shaping::squeeze);
    rows.one("Ravel(x)", c -> Specs.flat(c.spec("x")), c -> Sizes.flat(c.tf(), c.operand("x")));
    rows.one(
        "Size(x)",
        c -> new TensorSpec(Shape.scalar(), DType.INT32),
        c -> c.tf().size(c.operand("x")));
    rows.one("BroadcastTo(x; shape)", Shaping::repeated, Shaping::broadcastTo);
  }

  private static TensorSpec reshaped(OperationCall c) {
    int[] sizes = c.integers("newshape");
    long open = Arrays.stream(sizes).filter(s -> s == -1).count();
    Check.that(
        open <= 1 && Arrays.stream(sizes).allMatch(s -> s >= -1),
        "newshape: expected sizes, of which one may be -1, got %s",
        Arrays.toString(sizes));
    long known =
        Arrays.stream(sizes).filter(s -> s >= 0).asLongStream().reduce(1, Math::multiplyExact);
    long size = Shapes.product(c.shape("x"), 0);
    boolean fits = open == 0 ? size == known : known != 0 && size % known == 0;
    if (size >= 0 && !fits) {
      throw new ShapeException(
          "newshape: "
              + c.spec("x")
              + " has "
              + size
              + " elements, which do not fill "
              + Arrays.toString(sizes));
    }
    return c.spec("x")
        .withShape(
            Shape.of(
                Arrays.stream(sizes)
                    .mapToLong(s -> s == -1 && size >= 0 ? size / known : s)
                    .toArray()));
  }

  private static int[] order(OperationCall c) {
    int rank = c.rank("x");
    if (c.isNone("axes")) {
      return IntStream.range(0, rank).map(i -> rank - 1 - i).toArray();
    }
    int[] order = c.axes("axes", rank);
    Check.that(order.length == rank, "axes: expected all %d axes, got %d", rank, order.length);
    return order;
  }

  private static Shape permuted(Shape shape, int[] order) {
    return Shape.of(Arrays.stream(order).mapToLong(shape::get).toArray());
  }

  /** Returns the places of the new axes in the result, in order. */
  private static int[] newAxes(OperationCall c) {
    int rank = c.rank("x") + c.integers("axis").length;
    return Arrays.stream(c.axes("axis", rank)).sorted().toArray();
  }

  private static TensorSpec expanded(OperationCall c) {
    Shape shape = c.shape("x");
    for (int axis : newAxes(c)) {
      shape = Specs.with(shape, axis, 1);
    }
    return c.spec("x").withShape(shape);
  }

  private static Operand<TNumber> expandDims(OperationCall c) {
    Operand<TNumber> x = c.operand("x");
    for (int axis : newAxes(c)) {
      x = c.tf().expandDims(x, c.tf().constant(axis));
    }
    return x;
  }

  private static int[] ones(OperationCall c) {
    Shape shape = c.shape("x");
    if (c.isNone("axis")) {
      return IntStream.range(0, c.rank("x")).filter(i -> shape.get(i) == 1).toArray();
    }
    int[] axes = c.axes("axis", c.rank("x"));
    for (int axis : axes) {
      if (shape.get(axis) != 1) {
        throw new ShapeException(
            "axis: expected axes of size 1, got axis " + axis + " of " + c.spec("x"));
      }
    }
    return axes;
  }

  private static TensorSpec squeezed(OperationCall c) {
    return c.spec("x").withShape(Specs.without(c.shape("x"), ones(c), false));
  }

  private static Operand<TNumber> squeeze(OperationCall c) {
    List<Long> gone = Arrays.stream(ones(c)).mapToObj(i -> (long) i).toList();
    Operand<TNumber> x = c.operand("x");
    return gone.isEmpty() ? x : c.tf().squeeze(x, Squeeze.axis(gone));
  }

  private static TensorSpec repeated(OperationCall c) {
    Shape shape = Shape.of(Arrays.stream(c.integers("shape")).asLongStream().toArray());
    if (shape.hasUnknownDimension() || !Shapes.broadcastsTo(c.shape("x"), shape)) {
      throw new ShapeException(
          "shape: expected known sizes that "
              + c.spec("x")
              + " can be repeated to, got "
              + TensorSpec.text(shape));
    }
    return c.spec("x").withShape(shape);
  }

  private static Operand<TNumber> broadcastTo(OperationCall c) {
    return c.tf().broadcastTo(c.operand("x"), c.tf().constant(c.integers("shape")));
  }
}
