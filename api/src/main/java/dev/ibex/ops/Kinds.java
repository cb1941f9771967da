package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.Promotion;
import dev.ibex.graph.DType;

/** The types that results have, and those that operations refuse. */
final class Kinds {
  private Kinds() {}

  /** Returns float64 for int64, float32 for other whole numbers and truth values. */
  static DType wide(DType type) {
    return type == DType.INT64 ? DType.FLOAT64 : Promotion.withFraction(type);
  }

  /** Returns int32 for truth values. */
  static DType counted(DType type) {
    return type == DType.BOOL ? DType.INT32 : type;
  }

  /** Returns the type if it is one of numbers. */
  static DType numeric(DType type) {
    Check.that(type != DType.BOOL, "expected numbers, got truth values; cast one to int32 first");
    Check.that(type != DType.STRING, "expected numbers, got strings");
    return type;
  }

  /** Returns the type if it is one of whole numbers. */
  static DType whole(DType type) {
    Check.that(
        type.isInteger(),
        "expected whole numbers, got %s; cast them to int32 first",
        type.lowerName());
    return type;
  }

  /** Returns int32 for unsigned types, which lack some of TensorFlow's functions. */
  static DType signed(DType type) {
    return isUnsigned(type) ? DType.INT32 : type;
  }

  /** Returns whether a type has no negative numbers. */
  static boolean isUnsigned(DType type) {
    return type == DType.UINT8 || type == DType.UINT16;
  }
}
