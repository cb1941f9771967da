package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/** Functions of the elements of one tensor. */
final class Elementwise {
  private Elementwise() {}

  static void add(Rows rows) {
    rows.one("Negative(x)", c -> Specs.numeric(c.spec("x")), c -> c.tf().math.neg(c.operand("x")));
    rows.one("Absolute(x)", c -> c.spec("x"), Elementwise::absolute);
    rows.one("Abs(x)", c -> c.spec("x"), Elementwise::absolute);
    rows.floating("Exp", (tf, x) -> tf.math.exp(x));
    rows.floating("Log", (tf, x) -> tf.math.log(x));
    rows.floating("Sqrt", (tf, x) -> tf.math.sqrt(x));
    rows.one("ZerosLike(x; dtype=None)", Copies::like, c -> c.tf().zerosLike(Copies.converted(c)));
  }

  private static Operand<TNumber> absolute(OperationCall c) {
    DType type = c.spec("x").dtype();
    boolean signed = type != DType.BOOL && type != DType.UINT8 && type != DType.UINT16;
    return signed ? c.tf().math.abs(c.operand("x")) : c.operand("x");
  }
}
