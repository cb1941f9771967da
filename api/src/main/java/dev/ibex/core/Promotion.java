package dev.ibex.core;

import dev.ibex.graph.DType;
import java.util.List;

/**
 * The type of a result of operands of several types.
 *
 * <p>Source: {@code keras.backend.result_type}, over the types that run.
 */
public final class Promotion {
  /** Each type gives way to the later ones; the two half precisions meet in float32. */
  private static final List<DType> ORDER =
      List.of(
          DType.BOOL,
          DType.UINT8,
          DType.UINT16,
          DType.INT32,
          DType.INT64,
          DType.FLOAT16,
          DType.BFLOAT16,
          DType.FLOAT32,
          DType.FLOAT64);

  private Promotion() {}

  /**
   * Returns the type that tensors of two types become.
   *
   * @throws IllegalArgumentException if one is a string or cannot run
   */
  public static DType of(DType a, DType b) {
    if (a != b && a.isFloating() && b.isFloating() && a.bytes() == b.bytes()) {
      return DType.FLOAT32;
    }
    return place(a) >= place(b) ? a : b;
  }

  /** Returns the type that tensors of these types, at least one, become. */
  public static DType of(List<DType> types) {
    return types.stream().reduce(Promotion::of).orElseThrow();
  }

  /** Returns the type that a tensor becomes beside a whole number: int32 for truth values. */
  public static DType withWhole(DType type) {
    return place(type) == 0 ? DType.INT32 : type;
  }

  /** Returns the type that a tensor becomes beside a fraction: float32 for whole numbers. */
  public static DType withFraction(DType type) {
    return type.isFloating() ? type : of(type, DType.FLOAT32);
  }

  private static int place(DType type) {
    int place = ORDER.indexOf(type);
    Check.that(
        place >= 0,
        "dtype: %s has no common type with others; expected one of %s",
        type.lowerName(),
        Check.list(ORDER.stream().map(DType::lowerName).toArray()));
    return place;
  }
}
