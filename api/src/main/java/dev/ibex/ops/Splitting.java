package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Several tensors of one. */
final class Splitting {
  private static final String WHERE = "indices_or_sections";

  private Splitting() {}

  static void add(Rows rows) {
    along(rows, "Split(x; indices_or_sections, axis=0)", c -> c.axis("axis", c.rank("x")));
    along(rows, "Vsplit(x; indices_or_sections)", c -> axis(c, 0, 2));
    along(rows, "Hsplit(x; indices_or_sections)", c -> axis(c, c.rank("x") == 1 ? 0 : 1, 1));
    along(rows, "Dsplit(x; indices_or_sections)", c -> axis(c, 2, 3));
    rows.several(
        "ArraySplit(x; indices_or_sections, axis=0)",
        c -> specs(c, nearlyEqual(c), c.axis("axis", c.rank("x"))),
        c -> parts(c, nearlyEqual(c), c.axis("axis", c.rank("x"))));
  }

  private static void along(Rows rows, String signature, ToIntFunction<OperationCall> axis) {
    rows.several(
        signature,
        c -> specs(c, sizes(c, axis.applyAsInt(c)), axis.applyAsInt(c)),
        c -> split(c, axis.applyAsInt(c)));
  }

  private static int axis(OperationCall c, int axis, int least) {
    Specs.ranked(c, "x", least);
    return axis;
  }

  /** Returns sizes that differ by 1 at most, the larger first. */
  private static long[] nearlyEqual(OperationCall c) {
    int count = Check.positive(WHERE, c.integer(WHERE));
    int total = Specs.known(c, "x", c.axis("axis", c.rank("x")));
    long[] sizes = new long[count];
    for (int i = 0; i < count; i++) {
      sizes[i] = (long) total / count + (i < total % count ? 1 : 0);
    }
    return sizes;
  }

  private static boolean equal(OperationCall c) {
    return !(c.argument(WHERE) instanceof Argument.Items);
  }

  private static List<TensorSpec> specs(OperationCall c, long[] sizes, int axis) {
    List<TensorSpec> parts = new ArrayList<>();
    for (long size : sizes) {
      parts.add(c.spec("x").withShape(Shapes.with(c.shape("x"), axis, size)));
    }
    return parts;
  }

  /** Returns the sizes of the parts along the axis; -1 where unknown. */
  private static long[] sizes(OperationCall c, int axis) {
    long total = c.shape("x").get(axis);
    return equal(c) ? sections(c, total) : between(c, total);
  }

  private static long[] sections(OperationCall c, long total) {
    int count = c.integer(WHERE);
    if (count < 1 || (total >= 0 && total % count != 0)) {
      throw new ShapeException(
          WHERE + ": expected a number that divides " + total + " places, got " + count);
    }
    long[] sizes = new long[count];
    Arrays.fill(sizes, total < 0 ? -1 : total / count);
    return sizes;
  }

  private static long[] between(OperationCall c, long total) {
    int[] places = c.integers(WHERE);
    long[] sizes = new long[places.length + 1];
    long from = 0;
    for (int i = 0; i <= places.length; i++) {
      long to = i < places.length ? places[i] : total;
      boolean open = i == places.length && total < 0;
      if (to < from && !open) {
        throw new ShapeException(
            WHERE
                + ": expected places in order, of an axis of size "
                + total
                + ", got "
                + Arrays.toString(places));
      }
      sizes[i] = open ? -1 : to - from;
      from = to;
    }
    return sizes;
  }

  private static List<Operand<TNumber>> split(OperationCall c, int axis) {
    if (!equal(c)) {
      return parts(c, sizes(c, axis), axis);
    }
    List<Operand<TNumber>> parts = new ArrayList<>();
    c.tf()
        .split(c.tf().constant(axis), c.operand("x"), (long) c.integer(WHERE))
        .forEach(parts::add);
    return parts;
  }

  private static List<Operand<TNumber>> parts(OperationCall c, long[] sizes, int axis) {
    Ops tf = c.tf();
    List<Operand<TNumber>> parts = new ArrayList<>();
    tf.splitV(c.operand("x"), tf.constant(sizes), tf.constant(axis), (long) sizes.length)
        .forEach(parts::add);
    return parts;
  }
}
