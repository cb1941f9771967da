package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.family.TNumber;

/** One tensor of several. */
final class Joining {
  private Joining() {}

  static void add(Rows rows) {
    rows.one(
        "Concatenate(xs; axis=0)",
        Joining::concatenated,
        c -> c.tf().concat(c.operands("xs", type(c, "xs")), c.tf().constant(along(c, "xs", 0))));
    rows.one(
        "Stack(x; axis=0)",
        Joining::stacked,
        c -> c.tf().stack(c.operands("x", type(c, "x")), Stack.axis((long) along(c, "x", 1))));
    fixed(rows, "Hstack", 1, 2);
    fixed(rows, "Vstack", 0, 1);
    rows.one("Dstack(xs)", Joining::deepened, Joining::dstack);
    rows.one("Append(x1, x2; axis=None)", Joining::appended, Joining::append);
  }

  /** Adds what joins along an axis that the operation itself says. */
  private static void fixed(Rows rows, String name, int axis, int least) {
    rows.one(
        name + "(xs)",
        c -> new TensorSpec(Shapes.concatenate(atLeast(c, least), axis), type(c, "xs")),
        c -> c.tf().concat(c.operands("xs", type(c, "xs")), c.tf().constant(axis)));
  }

  private static List<Shape> atLeast(OperationCall c, int least) {
    for (TensorSpec spec : c.specs("xs")) {
      if (spec.rank() < least) {
        throw new ShapeException("xs: expected at least " + least + " axes, got " + spec);
      }
    }
    return shapes(c, "xs");
  }

  private static TensorSpec appended(OperationCall c) {
    TensorSpec a = c.spec("x1");
    TensorSpec b = c.spec("x2");
    Shape shape =
        c.isNone("axis")
            ? Shape.of(Specs.plus(Shapes.product(a.shape(), 0), Shapes.product(b.shape(), 0)))
            : Shapes.concatenate(List.of(a.shape(), b.shape()), c.axis("axis", a.rank()));
    return new TensorSpec(shape, c.promoted("x1", "x2"));
  }

  private static Operand<TNumber> append(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> a = c.operand("x1", c.promoted("x1", "x2"));
    Operand<TNumber> b = c.operand("x2", c.promoted("x1", "x2"));
    return c.isNone("axis")
        ? tf.concat(List.of(Sizes.flat(tf, a), Sizes.flat(tf, b)), tf.constant(0))
        : tf.concat(List.of(a, b), tf.constant(c.axis("axis", c.rank("x1"))));
  }

  /** Returns a shape with the three axes that are joined in depth. */
  private static Shape deep(Shape shape) {
    return switch (shape.numDimensions()) {
      case 0 -> Shape.of(1, 1, 1);
      case 1 -> Shape.of(1, shape.get(0), 1);
      case 2 -> shape.append(1);
      default -> shape;
    };
  }

  private static TensorSpec deepened(OperationCall c) {
    List<Shape> shapes = shapes(c, "xs").stream().map(Joining::deep).toList();
    return new TensorSpec(Shapes.concatenate(shapes, 2), type(c, "xs"));
  }

  private static Operand<TNumber> dstack(OperationCall c) {
    Ops tf = c.tf();
    List<Operand<TNumber>> deep = new ArrayList<>();
    for (Operand<TNumber> x : c.operands("xs", type(c, "xs"))) {
      int rank = x.shape().numDimensions();
      Operand<TNumber> first = rank < 2 ? Sizes.reshape(tf, x, 1, -1) : x;
      deep.add(rank < 3 ? tf.expandDims(first, tf.constant(2)) : first);
    }
    return tf.concat(deep, tf.constant(2));
  }

  private static DType type(OperationCall c, String name) {
    return Promotion.of(c.specs(name).stream().map(TensorSpec::dtype).toList());
  }

  private static int along(OperationCall c, String name, int more) {
    return c.axis("axis", c.specs(name).get(0).rank() + more);
  }

  private static List<Shape> shapes(OperationCall c, String name) {
    return c.specs(name).stream().map(TensorSpec::shape).toList();
  }

  private static TensorSpec concatenated(OperationCall c) {
    Shape shape = Shapes.concatenate(shapes(c, "xs"), along(c, "xs", 0));
    return new TensorSpec(shape, type(c, "xs"));
  }

  private static TensorSpec stacked(OperationCall c) {
    List<Shape> shapes = shapes(c, "x");
    for (Shape s : shapes) {
      if (s.numDimensions() != shapes.get(0).numDimensions()
          || !Shapes.broadcastsTo(s, shapes.get(0))
          || !Shapes.broadcastsTo(shapes.get(0), s)) {
        throw new ShapeException(
            "x: expected tensors of one shape, got "
                + String.join(", ", shapes.stream().map(TensorSpec::text).toList()));
      }
    }
    Shape stacked = Specs.with(shapes.get(0), along(c, "x", 1), shapes.size());
    return new TensorSpec(stacked, type(c, "x"));
  }
}
