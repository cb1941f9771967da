package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/** What the rules of several operations have in common. */
final class Specs {
  private Specs() {}

  /** Returns the shape that arguments are broadcast to, in a type. */
  static TensorSpec broadcast(OperationCall c, DType type, String... names) {
    return new TensorSpec(Shapes.broadcast(Stream.of(names).map(c::shape).toList()), type);
  }

  /** Returns the type that arguments become as tensors: a number is an int32 or a float32. */
  static DType common(OperationCall c, String... names) {
    return Promotion.of(Stream.of(names).map(n -> c.spec(n).dtype()).toList());
  }

  /** Refuses an argument that is a number or a list. */
  static void tensor(OperationCall c, String name) {
    if (!(c.argument(name) instanceof Argument.Tensor
        || c.argument(name) instanceof Argument.Constant)) {
      throw c.expected(name, "a tensor or an array");
    }
  }

  /** Returns the spec if it is of numbers. */
  static TensorSpec numeric(TensorSpec spec) {
    Kinds.numeric(spec.dtype());
    return spec;
  }

  /** Returns the spec of an argument if it is of floating numbers. */
  static TensorSpec floating(OperationCall c, String name) {
    TensorSpec spec = c.spec(name);
    Check.that(
        spec.dtype().isFloating(),
        "%s: expected floating numbers, got %s; cast them first",
        name,
        spec);
    return spec;
  }

  /** Returns the spec of x without the axes of an argument, or with size 1 if it keeps them. */
  static TensorSpec reduced(OperationCall c, String axis) {
    return reduced(c, axis, c.flag("keepdims"));
  }

  /** As {@link #reduced(OperationCall, String)}, of an operation without that setting. */
  static TensorSpec reduced(OperationCall c, String axis, boolean keepdims) {
    int[] axes = c.axes(axis, c.rank("x"));
    return c.spec("x").withShape(without(c.shape("x"), axes, keepdims));
  }

  /** Returns the shape without axes, or with size 1 if they are kept. */
  static Shape without(Shape shape, int[] axes, boolean keepdims) {
    List<Integer> gone = Arrays.stream(axes).boxed().toList();
    return Shape.of(
        IntStream.range(0, shape.numDimensions())
            .filter(i -> keepdims || !gone.contains(i))
            .mapToLong(i -> gone.contains(i) ? 1 : shape.get(i))
            .toArray());
  }

  /** Returns the shape with an axis of a size put in before {@code axis}. */
  static Shape with(Shape shape, int axis, long size) {
    return shape.take(axis).append(size).append(shape.takeLast(shape.numDimensions() - axis));
  }

  /**
   * Returns the size of an axis that must be known.
   *
   * @throws ShapeException if it is unknown
   */
  static int known(OperationCall c, String name, int axis) {
    long size = c.shape(name).get(axis);
    if (size < 0) {
      throw new ShapeException(
          name + ": expected a known size of axis " + axis + ", got " + c.spec(name));
    }
    return Math.toIntExact(size);
  }

  /**
   * Returns the spec of an argument that has at least so many axes.
   *
   * @throws ShapeException if it has fewer
   */
  static TensorSpec ranked(OperationCall c, String name, int least) {
    if (c.rank(name) < least) {
      throw new ShapeException(
          name + ": expected at least " + least + " axes, got " + c.spec(name));
    }
    return c.spec(name);
  }

  /** Returns the spec of all elements one after the other. */
  static TensorSpec flat(TensorSpec spec) {
    return spec.withShape(Shape.of(Shapes.product(spec.shape(), 0)));
  }

  /** Returns whether two sizes can be one; unknown sizes fit all. */
  static boolean agree(long a, long b) {
    return a == b || a < 0 || b < 0;
  }

  /** Returns the product of sizes; -1 if one is unknown. */
  static long times(long a, long b) {
    return a < 0 || b < 0 ? -1 : a * b;
  }

  /** Returns the sum of sizes; -1 if one is unknown. */
  static long plus(long a, long b) {
    return a < 0 || b < 0 ? -1 : a + b;
  }
}
