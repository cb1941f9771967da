package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/** Products of two tensors, summed along axes of both. */
final class Contractions {
  private Contractions() {}

  static void add(Rows rows) {
    rows.one("Dot(x1, x2)", c -> infer(c, dot(c)), c -> emit(c, dot(c)));
    rows.one("Inner(x1, x2)", c -> infer(c, inner(c)), c -> emit(c, inner(c)));
    rows.one("Tensordot(x1, x2; axes=2)", c -> infer(c, given(c)), c -> emit(c, given(c)));
    rows.one("Vdot(x1, x2)", Contractions::scalar, Contractions::vdot);
    rows.one("Outer(x1, x2)", Contractions::table, Contractions::outer);
  }

  /** The axes of both that are summed. */
  private record Pairs(List<Integer> first, List<Integer> second) {
    static final Pairs NONE = new Pairs(List.of(), List.of());
  }

  private static Pairs dot(OperationCall c) {
    int a = c.rank("x1");
    int b = c.rank("x2");
    return a == 0 || b == 0 ? Pairs.NONE : new Pairs(List.of(a - 1), List.of(b == 1 ? 0 : b - 2));
  }

  private static Pairs inner(OperationCall c) {
    int a = c.rank("x1");
    int b = c.rank("x2");
    return a == 0 || b == 0 ? Pairs.NONE : new Pairs(List.of(a - 1), List.of(b - 1));
  }

  private static Pairs given(OperationCall c) {
    int a = c.rank("x1");
    int b = c.rank("x2");
    if (!(c.argument("axes") instanceof Argument.Items lists)) {
      int count = c.integer("axes");
      Check.that(
          count >= 0 && count <= Math.min(a, b),
          "axes: expected a number from 0 to %d, got %d",
          Math.min(a, b),
          count);
      return new Pairs(
          IntStream.range(a - count, a).boxed().toList(),
          IntStream.range(0, count).boxed().toList());
    }
    Check.that(lists.items().size() == 2, "axes: expected a number, or axes of both tensors");
    List<Integer> first = axes(c, lists.items().get(0), a);
    List<Integer> second = axes(c, lists.items().get(1), b);
    Check.that(
        first.size() == second.size(),
        "axes: expected as many of the first tensor as of the second, got %d and %d",
        first.size(),
        second.size());
    return new Pairs(first, second);
  }

  private static List<Integer> axes(OperationCall c, Argument given, int rank) {
    List<Argument> items = given instanceof Argument.Items list ? list.items() : List.of(given);
    List<Integer> axes = new ArrayList<>();
    for (Argument item : items) {
      if (!(item instanceof Argument.Literal l && l.value() instanceof Long n)) {
        throw c.expected("axes", "whole numbers");
      }
      axes.add(Check.axis("axes", Math.toIntExact(n), rank));
    }
    return axes;
  }

  private static TensorSpec infer(OperationCall c, Pairs pairs) {
    Shape a = c.shape("x1");
    Shape b = c.shape("x2");
    for (int i = 0; i < pairs.first.size(); i++) {
      if (!Specs.agree(a.get(pairs.first.get(i)), b.get(pairs.second.get(i)))) {
        throw new ShapeException(
            "expected axis "
                + pairs.first.get(i)
                + " of x1 and axis "
                + pairs.second.get(i)
                + " of x2 of one size, got "
                + c.spec("x1")
                + " and "
                + c.spec("x2"));
      }
    }
    Shape shape = without(a, pairs.first).append(without(b, pairs.second));
    return new TensorSpec(shape, type(c));
  }

  private static Shape without(Shape shape, List<Integer> axes) {
    return Specs.without(shape, axes.stream().mapToInt(a -> a).toArray(), false);
  }

  private static DType type(OperationCall c) {
    return c.promoted("x1", "x2");
  }

  private static Operand<TNumber> emit(OperationCall c, Pairs pairs) {
    DType compute = Promotion.withFraction(type(c));
    int free = c.rank("x1");
    char[] first = letters(0, free);
    char[] second = letters(free, c.rank("x2"));
    for (int i = 0; i < pairs.first.size(); i++) {
      second[pairs.second.get(i)] = first[pairs.first.get(i)];
    }
    String result = rest(first, pairs.first) + rest(second, pairs.second);
    Operand<TNumber> product =
        c.tf()
            .linalg
            .einsum(
                List.of(c.operand("x1", compute), c.operand("x2", compute)),
                new String(first) + "," + new String(second) + "->" + result);
    return Numbers.cast(c.tf(), product, type(c));
  }

  private static char[] letters(int from, int count) {
    char[] letters = new char[count];
    for (int i = 0; i < count; i++) {
      letters[i] = (char) ('a' + from + i);
    }
    return letters;
  }

  private static String rest(char[] letters, List<Integer> gone) {
    StringBuilder rest = new StringBuilder();
    for (int i = 0; i < letters.length; i++) {
      if (!gone.contains(i)) {
        rest.append(letters[i]);
      }
    }
    return rest.toString();
  }

  private static TensorSpec scalar(OperationCall c) {
    long a = Shapes.product(c.shape("x1"), 0);
    long b = Shapes.product(c.shape("x2"), 0);
    if (!Specs.agree(a, b)) {
      throw new ShapeException(
          "expected as many elements in both, got " + c.spec("x1") + " and " + c.spec("x2"));
    }
    return new TensorSpec(Shape.scalar(), type(c));
  }

  private static Operand<TNumber> vdot(OperationCall c) {
    var tf = c.tf();
    DType compute = Promotion.withFraction(type(c));
    Operand<TNumber> a = Sizes.flat(tf, c.operand("x1", compute));
    Operand<TNumber> b = Sizes.flat(tf, c.operand("x2", compute));
    return Numbers.cast(tf, tf.linalg.einsum(List.of(a, b), "a,a->"), type(c));
  }

  private static TensorSpec table(OperationCall c) {
    Shape shape = Shape.of(Shapes.product(c.shape("x1"), 0), Shapes.product(c.shape("x2"), 0));
    return Specs.numeric(new TensorSpec(shape, type(c)));
  }

  private static Operand<TNumber> outer(OperationCall c) {
    var tf = c.tf();
    return tf.math.mul(
        Sizes.reshape(tf, c.operand("x1", type(c)), -1, 1),
        Sizes.flat(tf, c.operand("x2", type(c))));
  }
}
