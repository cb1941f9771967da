package dev.ibex.core;

import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;

/** Arithmetic on shapes with unknown axes, which are -1. */
public final class Shapes {
  private Shapes() {}

  /** Returns the shape with its last axis replaced. */
  public static Shape withLast(Shape shape, long size) {
    return with(shape, shape.numDimensions() - 1, size);
  }

  /** Returns the shape with one axis replaced. */
  public static Shape with(Shape shape, int axis, long size) {
    long[] dims = shape.asArray();
    dims[axis] = size;
    return Shape.of(dims);
  }

  /** Returns the axes from {@code from} on, one after the other. */
  public static Shape of(long first, long... rest) {
    return Shape.of(LongArrays.concat(new long[] {first}, rest));
  }

  /**
   * Returns whether a target fits an output element by element: one shape but for the batch, and
   * but for a last axis of 1 that one of the two may lack. Unknown sizes fit all.
   */
  public static boolean alike(Shape target, Shape output) {
    int rank = target.numDimensions();
    int other = output.numDimensions();
    if (rank == other + 1) {
      return target.get(-1) == 1 && alike(target.take(other), output);
    } else if (rank + 1 == other) {
      return output.get(-1) == 1 && alike(target, output.take(rank));
    } else if (rank != other) {
      return false;
    }
    for (int i = 1; i < rank; i++) {
      if (target.get(i) >= 0 && output.get(i) >= 0 && target.get(i) != output.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the product of the axes from {@code from} on; -1 if one of them is unknown. */
  public static long product(Shape shape, int from) {
    long product = 1;
    for (int i = from; i < shape.numDimensions(); i++) {
      if (shape.get(i) < 0) {
        return -1;
      }
      product *= shape.get(i);
    }
    return product;
  }

  /**
   * Returns the shape of an element-wise result by the rules of broadcasting.
   *
   * @throws ShapeException if two axes differ and neither is 1
   */
  public static Shape broadcast(List<Shape> shapes) {
    int rank = shapes.stream().mapToInt(Shape::numDimensions).max().orElse(0);
    long[] dims =
        IntStream.range(0, rank)
            .mapToLong(
                i -> {
                  long size = 1;
                  for (Shape s : shapes) {
                    int at = i - (rank - s.numDimensions());
                    long d = at < 0 ? 1 : s.get(at);
                    if (size == 1) {
                      size = d;
                    } else if (d > 1 && size > 1 && d != size) {
                      throw new ShapeException(
                          "the shapes "
                              + String.join(", ", shapes.stream().map(TensorSpec::text).toList())
                              + " cannot be broadcast: an axis has sizes "
                              + size
                              + " and "
                              + d);
                    } else if (d > 1) {
                      size = d;
                    }
                  }
                  return size;
                })
            .toArray();
    return Shape.of(dims);
  }

  /** Returns whether a tensor can be repeated to a shape; unknown axes may fit. */
  public static boolean broadcastsTo(Shape from, Shape to) {
    int more = to.numDimensions() - from.numDimensions();
    return more >= 0
        && IntStream.range(0, from.numDimensions())
            .allMatch(
                i -> {
                  long a = from.get(i);
                  long b = to.get(more + i);
                  return a == 1 || a == b || a < 0 || b < 0;
                });
  }

  /**
   * Returns the shape of tensors put one after the other along an axis.
   *
   * @throws ShapeException if the ranks or the other axes differ
   */
  public static Shape concatenate(List<Shape> shapes, int axis) {
    long[] dims = shapes.get(0).asArray();
    for (Shape s : shapes.subList(1, shapes.size())) {
      boolean same = s.numDimensions() == dims.length;
      for (int i = 0; same && i < dims.length; i++) {
        long d = s.get(i);
        if (i == axis) {
          dims[i] = dims[i] < 0 || d < 0 ? -1 : dims[i] + d;
        } else if (dims[i] < 0) {
          dims[i] = d;
        } else {
          same = d < 0 || d == dims[i];
        }
      }
      if (!same) {
        throw new ShapeException(
            "the shapes "
                + String.join(", ", shapes.stream().map(TensorSpec::text).toList())
                + " can be concatenated along axis "
                + axis
                + " only if all other axes agree");
      }
    }
    return Shape.of(dims);
  }
}
