package dev.ibex.ops;

import dev.ibex.core.Argument;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Elements put at places that a tensor says. */
final class Scattering {
  private static final String PARTS = "inputs";

  private Scattering() {}

  static void add(Rows rows) {
    rows.one("Scatter(indices, values; shape)", Scattering::scattered, Scattering::scatter);
    rows.one(
        "ScatterUpdate(inputs, indices, updates; reduction=None)",
        Scattering::updated,
        Scattering::update);
  }

  private static int[] sizes(OperationCall c) {
    int[] sizes = c.integers("shape");
    Check.that(
        Arrays.stream(sizes).allMatch(s -> s >= 0),
        "shape: expected known sizes, got %s",
        Arrays.toString(sizes));
    return sizes;
  }

  /** Checks that there is a place in {@code into} for each of the values. */
  private static void check(OperationCall c, Shape into, String values) {
    TensorSpec indices = c.spec("indices");
    Check.that(
        !indices.dtype().isFloating() && indices.dtype() != DType.BOOL,
        "indices: expected whole numbers, got %s",
        indices);
    Specs.ranked(c, "indices", 1);
    long depth = indices.shape().get(-1);
    int rank = indices.rank() - 1;
    if (depth < 0 || depth > into.numDimensions()) {
      throw new ShapeException(
          "indices: expected a last axis of known size, at most "
              + into.numDimensions()
              + ", got "
              + indices);
    }
    Shape rest = into.takeLast(into.numDimensions() - (int) depth);
    Shape expected = indices.shape().take(rank).append(rest);
    boolean fits = expected.numDimensions() == c.rank(values);
    for (int i = 0; fits && i < expected.numDimensions(); i++) {
      fits = Specs.agree(expected.get(i), c.shape(values).get(i));
    }
    if (!fits) {
      throw new ShapeException(
          values + ": expected the shape " + TensorSpec.text(expected) + ", got " + c.spec(values));
    }
  }

  private static TensorSpec scattered(OperationCall c) {
    Shape shape = Shape.of(Arrays.stream(sizes(c)).asLongStream().toArray());
    check(c, shape, "values");
    return Specs.numeric(c.spec("values").withShape(shape));
  }

  private static Operand<TNumber> scatter(OperationCall c) {
    Operand<TInt32> indices = Numbers.as(c.operand("indices", DType.INT32));
    return c.tf().scatterNd(indices, c.operand("values"), c.tf().constant(sizes(c)));
  }

  private static String reduction(OperationCall c) {
    return c.isNone("reduction") ? "none" : c.text("reduction");
  }

  private static TensorSpec updated(OperationCall c) {
    check(c, c.shape(PARTS), "updates");
    TensorSpec in = c.spec(PARTS);
    Check.that(
        c.spec("updates").dtype() == in.dtype() || isLiteral(c),
        "updates: expected the type of inputs, %s, got %s",
        in,
        c.spec("updates"));
    switch (reduction(c)) {
      case "none" -> {}
      case "add", "max", "min" -> Specs.numeric(in);
      case "mul" -> {
        Specs.numeric(in);
        Specs.known(c, "indices", 0);
        if (c.rank("indices") != 2) {
          throw new ShapeException(
              "indices: expected two axes for the reduction mul, got " + c.spec("indices"));
        }
      }
      default -> throw c.expected("reduction", "None, add, max, min or mul");
    }
    return in;
  }

  private static boolean isLiteral(OperationCall c) {
    return !(c.argument("updates") instanceof Argument.Tensor)
        && !(c.argument("updates") instanceof Argument.Constant);
  }

  private static Operand<TNumber> update(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand(PARTS);
    Operand<TInt32> at = Numbers.as(c.operand("indices", DType.INT32));
    Operand<TNumber> updates = c.operand("updates", Numbers.dtype(x));
    return switch (reduction(c)) {
      case "add" -> tf.tensorScatterNdAdd(x, at, updates);
      case "max" -> tf.tensorScatterNdMax(x, at, updates);
      case "min" -> tf.tensorScatterNdMin(x, at, updates);
      case "mul" -> multiplied(c, x, at, updates);
      default -> tf.tensorScatterNdUpdate(x, at, updates);
    };
  }

  /** One after the other, for a place may be named twice. */
  private static Operand<TNumber> multiplied(
      OperationCall c, Operand<TNumber> x, Operand<TInt32> at, Operand<TNumber> updates) {
    Ops tf = c.tf();
    Operand<TNumber> y = x;
    for (int i = 0; i < Specs.known(c, "indices", 0); i++) {
      Operand<TNumber> place = Parts.between(tf, Numbers.of(at), 0, i, i + 1);
      Operand<TNumber> factor = Parts.between(tf, updates, 0, i, i + 1);
      y = tf.tensorScatterNdUpdate(y, place, tf.math.mul(tf.gatherNd(y, place), factor));
    }
    return y;
  }
}
