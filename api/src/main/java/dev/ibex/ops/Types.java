package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** Other types of the same elements, and what lets them pass without their derivative. */
final class Types {
  private Types() {}

  static void add(Rows rows) {
    rows.one("Cast(x; dtype)", Types::cast, c -> c.operand("x", type(c)));
    rows.one("SaturateCast(x; dtype)", Types::saturated, Types::saturate);
    rows.one(
        "ConvertToTensor(x; dtype=None, sparse=None, ragged=None)",
        Types::converted,
        Copies::converted);
    rows.one(
        "StopGradient(variable)",
        c -> c.spec("variable"),
        c -> c.tf().stopGradient(c.operand("variable")));
  }

  private static DType type(OperationCall c) {
    return c.dtype("dtype").orElseThrow(() -> c.expected("dtype", "a type's name"));
  }

  private static TensorSpec cast(OperationCall c) {
    TensorSpec x = c.spec("x");
    DType to = type(c);
    Check.that(
        (x.dtype() == DType.STRING) == (to == DType.STRING),
        "dtype: strings are no numbers; expected a cast between numbers, got %s to %s",
        x,
        to.lowerName());
    return x.withDType(to);
  }

  /** Every tensor is dense, so that nothing has to become so. */
  private static TensorSpec converted(OperationCall c) {
    for (String form : new String[] {"sparse", "ragged"}) {
      if (!c.isNone(form)) {
        c.flag(form);
      }
    }
    return Copies.like(c);
  }

  /** Where the limits have no place in the other type, Keras fails or returns the least number. */
  private static TensorSpec saturated(OperationCall c) {
    DType from = c.spec("x").dtype();
    DType to = type(c);
    boolean exact = !from.isInteger() || !to.isFloating() || fits(from, to);
    boolean known = from != DType.BFLOAT16 || (to != DType.FLOAT16 && to != DType.UINT16);
    Check.that(
        exact && known,
        "dtype: expected a type whose limits %s can hold, got %s; use cast instead",
        from.lowerName(),
        to.lowerName());
    return c.spec("x").withDType(to);
  }

  private static boolean fits(DType from, DType to) {
    return to == DType.FLOAT16 || from.bytes() < 4 || (from == DType.INT32 && to == DType.FLOAT64);
  }

  private static Operand<TNumber> saturate(OperationCall c) {
    DType from = c.spec("x").dtype();
    DType to = type(c);
    double least = Math.max(least(from), least(to));
    double most = Math.min(most(from), most(to));
    Operand<TNumber> x = c.operand("x", Kinds.counted(from));
    return Numbers.cast(c.tf(), Rounding.limited(c.tf(), x, least, most), to);
  }

  private static double most(DType type) {
    return switch (type) {
      case BOOL -> 1;
      case UINT8, UINT16, UINT32 -> Math.scalb(1.0, 8 * type.bytes()) - 1;
      case INT8, INT16, INT32, INT64 -> Math.scalb(1.0, 8 * type.bytes() - 1) - 1;
      default -> type.largest();
    };
  }

  private static double least(DType type) {
    return switch (type) {
      case BOOL, UINT8, UINT16, UINT32 -> 0;
      case INT8, INT16, INT32, INT64 -> -Math.scalb(1.0, 8 * type.bytes() - 1);
      default -> -type.largest();
    };
  }
}
