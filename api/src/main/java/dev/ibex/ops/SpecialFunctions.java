package dev.ibex.ops;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Functions of {@code keras.src.ops.math}, of floating numbers alone. */
final class SpecialFunctions {
  private SpecialFunctions() {}

  static void add(Rows rows) {
    rows.activation("Rsqrt(x)", c -> (tf, x) -> tf.math.rsqrt(x));
    rows.activation("Erf(x)", c -> (tf, x) -> tf.math.erf(x));
    rows.activation("Erfc(x)", c -> (tf, x) -> tf.math.erfc(x));
    rows.activation("Erfinv(x)", c -> SpecialFunctions::erfinv);
  }

  /** TensorFlow has none of half precision. */
  private static Operand<TNumber> erfinv(Ops tf, Operand<TNumber> x) {
    DType type = Numbers.dtype(x);
    return Numbers.cast(tf, tf.math.erfinv(Numbers.cast(tf, x, type.atLeastFloat32())), type);
  }
}
