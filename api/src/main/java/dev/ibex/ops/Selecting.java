package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** Choices among several tensors, and among the intervals between numbers. */
final class Selecting {
  private Selecting() {}

  static void add(Rows rows) {
    rows.one("Select(condlist, choicelist, default=0)", Selecting::selected, Selecting::select);
    rows.one("Digitize(x, bins)", Selecting::counted, Selecting::digitize);
  }

  private static TensorSpec selected(OperationCall c) {
    List<TensorSpec> choices = c.specs("choicelist");
    List<Argument> given = ((Argument.Items) c.argument("choicelist")).items();
    int conditions = c.specs("condlist").size();
    Check.that(
        conditions == given.size(),
        "choicelist: expected one for each of the %d conditions, got %d",
        conditions,
        given.size());
    DType type = choices.get(0).dtype();
    Check.that(!isNumber(given.get(0)), "choicelist: expected a tensor first, got a number");
    for (int i = 0; i < given.size(); i++) {
      fits("choicelist", type, given.get(i), choices.get(i));
    }
    fits("default", type, c.argument("default"), c.spec("default"));
    return new TensorSpec(shape(c), type);
  }

  private static boolean isNumber(Argument a) {
    return a instanceof Argument.Literal;
  }

  /** Keras computes float64 of mixed types but says that it does not; those are refused. */
  private static void fits(String name, DType type, Argument a, TensorSpec spec) {
    boolean whole = a instanceof Argument.Literal l && l.value() instanceof Long;
    boolean takes = whole ? type != DType.BOOL : type.isFloating() && type != DType.BFLOAT16;
    Check.that(
        isNumber(a) ? takes : spec.dtype() == type,
        "%s: expected what is of the first choice's type %s, got %s; cast it",
        name,
        type.lowerName(),
        spec);
  }

  private static Shape shape(OperationCall c) {
    List<Shape> shapes = new ArrayList<>();
    c.specs("condlist").forEach(s -> shapes.add(s.shape()));
    c.specs("choicelist").forEach(s -> shapes.add(s.shape()));
    shapes.add(c.shape("default"));
    return Shapes.broadcast(shapes);
  }

  /** The first condition that is true decides. */
  private static Operand<TNumber> select(OperationCall c) {
    DType type = selected(c).dtype();
    List<Operand<TNumber>> conditions = c.operands("condlist", DType.BOOL);
    List<Operand<TNumber>> choices = c.operands("choicelist", type);
    Operand<TNumber> chosen = c.operand("default", type);
    for (int i = choices.size() - 1; i >= 0; i--) {
      Operand<TBool> here = Numbers.as(conditions.get(i));
      chosen = c.tf().select(here, choices.get(i), chosen);
    }
    return chosen;
  }

  private static TensorSpec counted(OperationCall c) {
    bins(c);
    return c.spec("x").withDType(DType.INT32);
  }

  private static List<Float> bins(OperationCall c) {
    if (!(c.argument("bins") instanceof Argument.Constant a)
        || a.array().shape().numDimensions() != 1) {
      throw c.expected("bins", "an array of rank 1");
    }
    Array bins = a.array();
    List<Float> all =
        IntStream.range(0, Math.toIntExact(bins.size()))
            .mapToObj(i -> (float) bins.number(i))
            .toList();
    Check.that(
        all.equals(all.stream().sorted().toList()), "bins: expected growing numbers, got %s", all);
    return all;
  }

  /** Returns how many of the bins' lower ends each element has reached. */
  private static Operand<?> digitize(OperationCall c) {
    Ops tf = c.tf();
    DType type = c.spec("x").dtype();
    DType known = type.isFloating() ? type.atLeastFloat32() : Kinds.signed(Kinds.counted(type));
    return tf.bucketize(c.operand("x", known), bins(c));
  }
}
