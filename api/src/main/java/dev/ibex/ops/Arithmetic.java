package dev.ibex.ops;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Arithmetic of two tensors. */
final class Arithmetic {
  private Arithmetic() {}

  static void add(Rows rows) {
    rows.binary("Add", (tf, a, b) -> tf.math.add(a, b));
    rows.binary("Subtract", (tf, a, b) -> tf.math.sub(a, b));
    rows.binary("Multiply", (tf, a, b) -> tf.math.mul(a, b));
    rows.floatingBinary("Divide", (tf, a, b) -> tf.math.div(a, b));
    rows.floatingBinary("TrueDivide", (tf, a, b) -> tf.math.div(a, b));
    rows.binary("FloorDivide", (tf, a, b) -> tf.math.floorDiv(a, b));
    rows.binary(
        "Mod", t -> t == DType.BOOL ? DType.INT32 : t, (tf, a, b) -> tf.math.floorMod(a, b));
    rows.binary("Power", Arithmetic::power);
  }

  /** TensorFlow has no power of unsigned numbers. */
  private static Operand<TNumber> power(Ops tf, Operand<TNumber> a, Operand<TNumber> b) {
    DType type = Numbers.dtype(a);
    DType compute = type == DType.UINT8 || type == DType.UINT16 ? DType.INT32 : type;
    return Numbers.cast(
        tf, tf.math.pow(Numbers.cast(tf, a, compute), Numbers.cast(tf, b, compute)), type);
  }
}
