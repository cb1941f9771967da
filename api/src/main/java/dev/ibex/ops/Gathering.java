package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Elements at places that a tensor says; places count from the end if they are negative. */
final class Gathering {
  private Gathering() {}

  static void add(Rows rows) {
    rows.one("Take(x, indices; axis=None)", Gathering::taken, Gathering::take);
    rows.one("TakeAlongAxis(x, indices; axis=None)", Gathering::takenAlong, Gathering::takeAlong);
  }

  private static TensorSpec indices(OperationCall c) {
    TensorSpec indices = c.spec("indices");
    Check.that(
        !indices.dtype().isFloating() && indices.dtype() != DType.BOOL,
        "indices: expected whole numbers, got %s",
        indices);
    return indices;
  }

  private static TensorSpec taken(OperationCall c) {
    Shape indices = indices(c).shape();
    DType type = c.spec("indices").dtype();
    Check.that(
        type == DType.INT32 || type == DType.INT64,
        "indices: expected int32 or int64, got %s",
        c.spec("indices"));
    if (c.isNone("axis")) {
      return c.spec("x").withShape(indices);
    }
    int axis = c.axis("axis", c.rank("x"));
    Shape x = c.shape("x");
    return c.spec("x")
        .withShape(x.take(axis).append(indices).append(x.takeLast(x.numDimensions() - axis - 1)));
  }

  private static Operand<TNumber> take(OperationCall c) {
    Ops tf = c.tf();
    boolean all = c.isNone("axis");
    Operand<TNumber> x = all ? Sizes.flat(tf, c.operand("x")) : c.operand("x");
    int axis = all ? 0 : c.axis("axis", c.rank("x"));
    return tf.gather(x, places(c, Sizes.at(tf, x, axis)), tf.constant(axis));
  }

  private static Operand<TInt32> places(OperationCall c, Operand<TInt32> size) {
    Ops tf = c.tf();
    Operand<TInt32> places = Numbers.as(c.operand("indices", DType.INT32));
    return tf.select(tf.math.less(places, tf.constant(0)), tf.math.add(places, size), places);
  }

  /** An index outside is refused by the look-up; computed with, it would be another row's. */
  private static Operand<TInt32> within(OperationCall c, Operand<TInt32> size) {
    Ops tf = c.tf();
    Operand<TInt32> all = tf.range(tf.constant(0), size, tf.constant(1));
    return tf.gather(all, places(c, size), tf.constant(0));
  }

  private static TensorSpec takenAlong(OperationCall c) {
    Shape indices = indices(c).shape();
    if (c.isNone("axis")) {
      if (indices.numDimensions() != 1) {
        throw new ShapeException("indices: expected one axis, got " + c.spec("indices"));
      }
      return c.spec("x").withShape(indices);
    }
    int axis = c.axis("axis", c.rank("x"));
    if (indices.numDimensions() != c.rank("x")) {
      throw new ShapeException(
          "indices: expected as many axes as x has, got "
              + c.spec("indices")
              + " for "
              + c.spec("x"));
    }
    Shape common =
        Shapes.broadcast(
            List.of(Shapes.with(c.shape("x"), axis, 1), Shapes.with(indices, axis, 1)));
    return c.spec("x").withShape(Shapes.with(common, axis, indices.get(axis)));
  }

  private static Operand<TNumber> takeAlong(OperationCall c) {
    Ops tf = c.tf();
    if (c.isNone("axis")) {
      return take(c);
    }
    int rank = c.rank("x");
    int axis = c.axis("axis", rank);
    int[] order = Sizes.last(rank, axis);
    Operand<TNumber> x = Sizes.permute(tf, c.operand("x"), order);
    Operand<TNumber> indices =
        Sizes.permute(tf, Numbers.of(within(c, Sizes.at(tf, x, rank - 1))), order);
    if (!outer(c.shape("x"), axis).equals(outer(c.shape("indices"), axis))) {
      Operand<TInt32> common =
          tf.broadcastDynamicShape(
              Sizes.between(tf, x, 0, rank - 1), Sizes.between(tf, indices, 0, rank - 1));
      x = tf.broadcastTo(x, Sizes.join(tf, common, Sizes.at(tf, x, rank - 1)));
      indices = tf.broadcastTo(indices, Sizes.join(tf, common, Sizes.at(tf, indices, rank - 1)));
    }
    return Sizes.permute(tf, Sorted.along(tf, x, Numbers.as(indices)), Sizes.inverse(order));
  }

  private static List<Long> outer(Shape shape, int axis) {
    return Arrays.stream(Shapes.with(shape, axis, 1).asArray()).boxed().toList();
  }
}
