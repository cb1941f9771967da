package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The same elements in another order. */
final class Arranging {
  private Arranging() {}

  static void add(Rows rows) {
    rows.one(
        "Moveaxis(x; source, destination)", c -> ordered(c, moved(c)), c -> order(c, moved(c)));
    rows.one("Swapaxes(x; axis1, axis2)", c -> ordered(c, swapped(c)), c -> order(c, swapped(c)));
    rows.one("Flip(x; axis=None)", Arranging::flipped, c -> flip(c, c.axes("axis", c.rank("x"))));
    rows.one("Fliplr(x)", c -> Specs.ranked(c, "x", 2), c -> flip(c, 1));
    rows.one("Flipud(x)", c -> Specs.ranked(c, "x", 1), c -> flip(c, 0));
    rows.one("Rot90(array; k=1, axes=(0, 1))", Arranging::turned, Arranging::turn);
    rows.one("Roll(x; shift, axis=None)", Arranging::rolled, Arranging::roll);
  }

  private static TensorSpec ordered(OperationCall c, int[] order) {
    return c.spec("x").withShape(permuted(c.shape("x"), order));
  }

  private static Operand<TNumber> order(OperationCall c, int[] order) {
    return Sizes.permute(c.tf(), c.operand("x"), order);
  }

  private static Shape permuted(Shape shape, int[] order) {
    return Shape.of(Arrays.stream(order).mapToLong(shape::get).toArray());
  }

  private static int[] moved(OperationCall c) {
    int rank = c.rank("x");
    int[] from = c.axes("source", rank);
    int[] to = c.axes("destination", rank);
    Check.that(
        from.length == to.length,
        "destination: expected as many axes as source has, %d, got %d",
        from.length,
        to.length);
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, rank).filter(i -> !has(from, i)).boxed().toList());
    TreeMap<Integer, Integer> placed = new TreeMap<>();
    IntStream.range(0, to.length).forEach(i -> placed.put(to[i], from[i]));
    placed.forEach(order::add);
    return order.stream().mapToInt(i -> i).toArray();
  }

  private static boolean has(int[] axes, int axis) {
    return Arrays.stream(axes).anyMatch(a -> a == axis);
  }

  private static int[] swapped(OperationCall c) {
    int rank = c.rank("x");
    return swapped(rank, c.axis("axis1", rank), c.axis("axis2", rank));
  }

  private static int[] swapped(int rank, int a, int b) {
    return IntStream.range(0, rank).map(i -> i == a ? b : i == b ? a : i).toArray();
  }

  private static TensorSpec flipped(OperationCall c) {
    c.axes("axis", c.rank("x"));
    return c.spec("x");
  }

  private static Operand<TNumber> flip(OperationCall c, int... axes) {
    return flip(c.tf(), c.operand("x"), axes);
  }

  private static Operand<TNumber> flip(Ops tf, Operand<TNumber> x, int... axes) {
    return tf.reverse(x, tf.constant(axes));
  }

  private static int[] plane(OperationCall c) {
    Specs.ranked(c, "array", 2);
    int[] axes = c.axes("axes", c.rank("array"));
    Check.that(axes.length == 2, "axes: expected two axes, got %d", axes.length);
    return axes;
  }

  private static boolean quarter(OperationCall c) {
    return Math.floorMod(c.integer("k"), 2) == 1;
  }

  private static TensorSpec turned(OperationCall c) {
    int[] axes = plane(c);
    TensorSpec in = c.spec("array");
    return quarter(c)
        ? in.withShape(permuted(in.shape(), swapped(in.rank(), axes[0], axes[1])))
        : in;
  }

  private static Operand<TNumber> turn(OperationCall c) {
    Ops tf = c.tf();
    int[] axes = plane(c);
    Operand<TNumber> x = c.operand("array");
    Operand<TNumber> swapped =
        quarter(c) ? Sizes.permute(tf, x, swapped(c.rank("array"), axes[0], axes[1])) : x;
    return switch (Math.floorMod(c.integer("k"), 4)) {
      case 0 -> x;
      case 1 -> flip(tf, swapped, axes[0]);
      case 2 -> flip(tf, x, axes);
      default -> flip(tf, swapped, axes[1]);
    };
  }

  private static TensorSpec rolled(OperationCall c) {
    int shifts = c.integers("shift").length;
    int axes = c.isNone("axis") ? 1 : c.axes("axis", c.rank("x")).length;
    Check.that(
        shifts == axes, "shift: expected a number for each of %d axes, got %d", axes, shifts);
    return c.spec("x");
  }

  private static Operand<TNumber> roll(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    var shift = tf.constant(c.integers("shift"));
    return c.isNone("axis")
        ? tf.reshape(tf.roll(Sizes.flat(tf, x), shift, tf.constant(new int[] {0})), Sizes.of(tf, x))
        : tf.roll(x, shift, tf.constant(c.axes("axis", c.rank("x"))));
  }
}
