package dev.ibex.graph;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TBfloat16;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TFloat16;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;
import org.tensorflow.types.TUint16;
import org.tensorflow.types.TUint8;
import org.tensorflow.types.family.TType;

/**
 * Type of the elements of a tensor.
 *
 * <p>Immutable. The types without a tensor class in TensorFlow Java can be named (files hold them)
 * but not run: {@link #type()} refuses them.
 */
public enum DType {
  /** IEEE half precision. */
  FLOAT16(Kind.FLOATING, 2, TFloat16.class, DataType.DT_HALF),
  /** Brain float: the upper half of a float32. */
  BFLOAT16(Kind.FLOATING, 2, TBfloat16.class, DataType.DT_BFLOAT16),
  /** IEEE single precision. */
  FLOAT32(Kind.FLOATING, 4, TFloat32.class, DataType.DT_FLOAT),
  /** IEEE double precision. */
  FLOAT64(Kind.FLOATING, 8, TFloat64.class, DataType.DT_DOUBLE),
  /** Signed 8-bit integer; cannot be run. */
  INT8(Kind.INTEGER, 1, null, DataType.DT_INT8),
  /** Signed 16-bit integer; cannot be run. */
  INT16(Kind.INTEGER, 2, null, DataType.DT_INT16),
  /** Signed 32-bit integer. */
  INT32(Kind.INTEGER, 4, TInt32.class, DataType.DT_INT32),
  /** Signed 64-bit integer. */
  INT64(Kind.INTEGER, 8, TInt64.class, DataType.DT_INT64),
  /** Unsigned 8-bit integer. */
  UINT8(Kind.INTEGER, 1, TUint8.class, DataType.DT_UINT8),
  /** Unsigned 16-bit integer. */
  UINT16(Kind.INTEGER, 2, TUint16.class, DataType.DT_UINT16),
  /** Unsigned 32-bit integer; cannot be run. */
  UINT32(Kind.INTEGER, 4, null, DataType.DT_UINT32),
  /** Truth value, one byte. */
  BOOL(Kind.BOOL, 1, TBool.class, DataType.DT_BOOL),
  /** UTF-8 text or bytes. */
  STRING(Kind.STRING, 0, TString.class, DataType.DT_STRING);

  private enum Kind {
    FLOATING,
    INTEGER,
    BOOL,
    STRING
  }

  private final Kind kind;
  private final int bytes;
  private final @Nullable Class<? extends TType> type;
  private final DataType proto;

  DType(Kind kind, int bytes, @Nullable Class<? extends TType> type, DataType proto) {
    this.kind = kind;
    this.bytes = bytes;
    this.type = type;
    this.proto = proto;
  }

  /** Returns whether this is one of the four floating-point types. */
  public boolean isFloating() {
    return kind == Kind.FLOATING;
  }

  /** Returns whether this is a signed or unsigned integer type. */
  public boolean isInteger() {
    return kind == Kind.INTEGER;
  }

  /** Returns float32 instead of a half precision: what statistics are computed in. */
  public DType atLeastFloat32() {
    return isFloating() && bytes < FLOAT32.bytes ? FLOAT32 : this;
  }

  /** Returns whether a number becomes exactly itself in this type. */
  public boolean holds(double value) {
    return switch (this) {
      case FLOAT64 -> true;
      case FLOAT32 -> Double.isNaN(value) || (float) value == value;
      case FLOAT16 -> Double.isNaN(value) || significant(value, 11, 65504);
      case BFLOAT16 -> Double.isNaN(value) || significant(value, 8, 3.38e38);
      case BOOL -> value == 0 || value == 1;
      case STRING -> false;
      case INT64 -> whole(value, -0x1p63, 63);
      case INT32, INT16, INT8 -> whole(value, -Math.scalb(1.0, bits() - 1), bits() - 1);
      case UINT8, UINT16, UINT32 -> whole(value, 0, bits());
    };
  }

  private int bits() {
    return 8 * bytes;
  }

  private static boolean whole(double value, double least, int bits) {
    return value == Math.rint(value) && value >= least && value < Math.scalb(1.0, bits);
  }

  /** Whether a number has at most so many significant bits; that of tiny ones is not looked at. */
  private static boolean significant(double value, int bits, double largest) {
    if (Double.isInfinite(value) || value == 0) {
      return true;
    }
    double unit = Math.scalb(1.0, Math.getExponent(value) - bits + 1);
    return Math.abs(value) <= largest && value == Math.rint(value / unit) * unit;
  }

  /** Returns the largest finite number; infinity for strings. */
  public double largest() {
    return switch (this) {
      case FLOAT16 -> 65504;
      case BFLOAT16 -> 3.3895313892515355e38;
      case FLOAT32 -> Float.MAX_VALUE;
      case FLOAT64 -> Double.MAX_VALUE;
      default -> Double.POSITIVE_INFINITY;
    };
  }

  /** Returns the size of one element in bytes; 0 for strings. */
  public int bytes() {
    return bytes;
  }

  /** Returns the number type's common name, such as {@code float32}, as files write it. */
  public String lowerName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Returns TensorFlow Java's tensor class.
   *
   * @throws IllegalArgumentException if TensorFlow Java has none for this type
   */
  public Class<? extends TType> type() {
    if (type == null) {
      throw new IllegalArgumentException(
          "dtype: TensorFlow Java has no tensor class for "
              + lowerName()
              + "; use int32 or int64 for whole numbers");
    }
    return type;
  }

  /** Returns the type's number in TensorFlow's files and graphs. */
  public DataType proto() {
    return proto;
  }

  /**
   * Returns the type of a lower-case name such as {@code float32}.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static DType of(String lowerName) {
    for (DType t : values()) {
      if (t.lowerName().equals(lowerName)) {
        return t;
      }
    }
    throw new IllegalArgumentException("dtype: no type is named \"" + lowerName + "\"");
  }

  /** Returns the type that TensorFlow's graphs call {@code proto}. */
  public static DType of(DataType proto) {
    for (DType t : values()) {
      if (t.proto == proto) {
        return t;
      }
    }
    throw new IllegalArgumentException("dtype: " + proto + " has no counterpart");
  }

  /** Returns the type of a tensor class. */
  public static DType of(Class<? extends TType> type) {
    for (DType t : values()) {
      if (t.type == type) {
        return t;
      }
    }
    throw new IllegalArgumentException("dtype: " + type.getSimpleName() + " has no counterpart");
  }
}
