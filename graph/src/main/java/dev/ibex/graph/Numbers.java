package dev.ibex.graph;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;
import org.tensorflow.types.family.TType;

/**
 * Typing of operands whose element type is known at run time only.
 *
 * <p>A model's element type is data, not a type argument of the program: it is written {@code
 * Operand<TNumber>}, which keeps a float32 constant from meeting a float64 tensor at compile time
 * and still allows lambdas. All unchecked casts live here.
 */
public final class Numbers {
  private Numbers() {}

  /** Returns the operand seen as a number of a type known at run time. */
  @SuppressWarnings("unchecked")
  public static Operand<TNumber> of(Operand<?> x) {
    return (Operand<TNumber>) x;
  }

  /** Returns the operand seen as of type {@code T}; the caller knows it to be so. */
  @SuppressWarnings("unchecked")
  public static <T extends TType> Operand<T> as(Operand<?> x) {
    return (Operand<T>) x;
  }

  /** Returns the tensor class of a numeric type. */
  @SuppressWarnings("unchecked")
  public static Class<TNumber> type(DType dtype) {
    return (Class<TNumber>) (Class<?>) dtype.type();
  }

  /** Returns the element type of an operand. */
  public static DType dtype(Operand<?> x) {
    return DType.of(x.asOutput().dataType());
  }

  /** Returns a scalar constant of the element type of {@code like}. */
  public static Operand<TNumber> constant(Ops tf, Operand<?> like, double value) {
    return constant(tf, dtype(like), value);
  }

  /** Returns a scalar constant of the given type. */
  public static Operand<TNumber> constant(Ops tf, DType dtype, double value) {
    return switch (dtype) {
      case FLOAT64 -> of(tf.constant(value));
      case FLOAT32 -> of(tf.constant((float) value));
      case INT32 -> of(tf.constant((int) value));
      case INT64 -> of(tf.constant((long) value));
      case FLOAT16, BFLOAT16 -> of(tf.dtypes.cast(tf.constant((float) value), type(dtype)));
      case BOOL -> of(tf.constant(value != 0));
      default -> of(tf.dtypes.cast(tf.constant((int) value), type(dtype)));
    };
  }

  /** Returns the operand in another element type; the operand itself if it has that type. */
  public static Operand<TNumber> cast(Ops tf, Operand<?> x, DType dtype) {
    return dtype(x) == dtype ? of(x) : of(tf.dtypes.cast(x, type(dtype)));
  }
}
