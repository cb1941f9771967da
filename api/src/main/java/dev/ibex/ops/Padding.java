package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** More places before and after those of each axis. */
final class Padding {
  private static final List<String> MODES = List.of("constant", "reflect", "symmetric");

  private Padding() {}

  static void add(Rows rows) {
    rows.one(
        "Pad(x, constant_values=None; pad_width, mode='constant')", Padding::infer, Padding::pad);
  }

  /** Returns how many places are put before and after each axis. */
  private static int[][] widths(OperationCall c) {
    List<int[]> given = given(c);
    Check.that(
        given.size() == c.rank("x"),
        "pad_width: expected a pair for each of %d axes, got %d",
        c.rank("x"),
        given.size());
    return given.toArray(int[][]::new);
  }

  private static List<int[]> given(OperationCall c) {
    boolean pairs =
        c.argument("pad_width") instanceof Argument.Items list
            && list.items().stream().allMatch(i -> i instanceof Argument.Items);
    return pairs
        ? ((Argument.Items) c.argument("pad_width"))
            .items().stream().map(i -> pair(c, ((Argument.Items) i).items())).toList()
        : List.of(pair(c, c.integers("pad_width")));
  }

  private static int[] pair(OperationCall c, List<Argument> numbers) {
    int[] whole = new int[numbers.size()];
    for (int i = 0; i < whole.length; i++) {
      if (!(numbers.get(i) instanceof Argument.Literal l && l.value() instanceof Long n)) {
        throw c.expected("pad_width", "pairs of whole numbers");
      }
      whole[i] = Math.toIntExact(n);
    }
    return pair(c, whole);
  }

  private static int[] pair(OperationCall c, int[] n) {
    if (n.length < 1 || n.length > 2 || Arrays.stream(n).anyMatch(i -> i < 0)) {
      throw c.expected("pad_width", "a number of at least 0, or pairs of such");
    }
    return new int[] {n[0], n[n.length - 1]};
  }

  private static TensorSpec infer(OperationCall c) {
    String mode = c.text("mode");
    Check.that(MODES.contains(mode), "mode: expected one of %s, got %s", MODES, mode);
    boolean constant = mode.equals("constant");
    if (!c.isNone("constant_values")) {
      Check.that(constant, "constant_values: expected none for the mode %s", mode);
      Check.that(c.rank("constant_values") == 0, "constant_values: expected one number");
    }
    int[][] widths = widths(c);
    long[] sizes = c.shape("x").asArray();
    for (int i = 0; i < sizes.length; i++) {
      int most = Math.max(widths[i][0], widths[i][1]);
      if (!constant && sizes[i] >= 0 && most > sizes[i] - (mode.equals("reflect") ? 1 : 0)) {
        throw new ShapeException(
            "pad_width: "
                + c.spec("x")
                + " has too few places on axis "
                + i
                + " for "
                + most
                + " mirrored ones");
      }
      sizes[i] = Specs.plus(sizes[i], (long) widths[i][0] + widths[i][1]);
    }
    return c.spec("x").withShape(Shape.of(sizes));
  }

  private static Operand<TNumber> pad(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    Operand<TInt32> widths = tf.constant(widths(c));
    if (!c.text("mode").equals("constant")) {
      return tf.mirrorPad(x, widths, c.text("mode").toUpperCase(Locale.ROOT));
    }
    return tf.pad(
        x,
        widths,
        c.isNone("constant_values")
            ? Sizes.like(tf, x, 0)
            : c.operand("constant_values", Numbers.dtype(x)));
  }
}
