package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.core.All;
import org.tensorflow.op.core.Any;
import org.tensorflow.op.core.Prod;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** What is computed along axes. */
final class Reductions {
  private Reductions() {}

  static void add(Rows rows) {
    rows.reduction(
        "Sum(x; axis=None, keepdims=False)",
        Reductions::summed,
        Reductions::summed,
        Reductions::sum);
    rows.reduction(
        "Mean(x; axis=None, keepdims=False)",
        Promotion::withFraction,
        t -> Promotion.of(t, DType.FLOAT32),
        Reductions::mean);
    rows.reduction(
        "Any(x; axis=None, keepdims=False)", t -> DType.BOOL, t -> DType.BOOL, Reductions::any);
    rows.reduction(
        "All(x; axis=None, keepdims=False)", t -> DType.BOOL, t -> DType.BOOL, Reductions::all);
    rows.one(
        "Prod(x; axis=None, keepdims=False, dtype=None)", Reductions::product, Reductions::prod);
    rows.one("CountNonzero(x; axis=None)", Reductions::count, Reductions::countNonzero);
  }

  /** A sum of truth values is a number; one of short numbers is of a type that cannot run. */
  static DType summed(DType type) {
    return switch (type) {
      case BOOL -> DType.INT32;
      case UINT8, UINT16 -> DType.UINT32;
      default -> type;
    };
  }

  private static Operand<?> sum(OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    return c.tf().sum(x, c.tf().constant(axes), Sum.keepDims(keep));
  }

  private static Operand<?> mean(OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    return c.tf().math.mean(x, c.tf().constant(axes), Mean.keepDims(keep));
  }

  static Operand<TBool> any(OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    return c.tf().any(Numbers.as(x), c.tf().constant(axes), Any.keepDims(keep));
  }

  static Operand<TBool> all(OperationCall c, Operand<TNumber> x, int[] axes, boolean keep) {
    return c.tf().all(Numbers.as(x), c.tf().constant(axes), All.keepDims(keep));
  }

  /** Keras declares the given type and gives that of x, which are one only if they are equal. */
  private static TensorSpec product(OperationCall c) {
    DType in = c.spec("x").dtype();
    if (c.dtype("dtype").filter(t -> t != in || t != summed(t)).isPresent()) {
      throw c.expected("dtype", "None or the type of x, " + in.lowerName() + "; cast x instead");
    }
    return Specs.reduced(c, "axis").withDType(summed(in));
  }

  private static Operand<?> prod(OperationCall c) {
    int[] axes = c.axes("axis", c.rank("x"));
    Operand<TNumber> x = c.operand("x", summed(c.spec("x").dtype()));
    return c.tf().prod(x, c.tf().constant(axes), Prod.keepDims(c.flag("keepdims")));
  }

  private static TensorSpec count(OperationCall c) {
    return Specs.reduced(c, "axis", false).withDType(DType.INT32);
  }

  private static Operand<?> countNonzero(OperationCall c) {
    Operand<TNumber> ones = Numbers.cast(c.tf(), c.bool("x"), DType.INT32);
    return c.tf().sum(ones, c.tf().constant(c.axes("axis", c.rank("x"))));
  }
}
