package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Tensors of the shape of another one; the parts of complex numbers, where all are real. */
final class Copies {
  private Copies() {}

  static void add(Rows rows) {
    rows.unary("Copy", t -> t, Ops::identity);
    rows.unary("Real", Kinds::numeric, (tf, x) -> x);
    rows.unary("Imag", t -> t, (tf, x) -> tf.zerosLike(x));
    rows.unary("Conj", Kinds::numeric, (tf, x) -> x);
    rows.unary("Conjugate", Kinds::numeric, (tf, x) -> x);
    rows.one("Array(x; dtype=None)", Copies::like, Copies::converted);
    rows.one("OnesLike(x; dtype=None)", Copies::like, c -> c.tf().onesLike(converted(c)));
    rows.one("EmptyLike(x; dtype=None)", Copies::like, c -> c.tf().zerosLike(converted(c)));
    rows.one("FullLike(x, fill_value; dtype=None)", Copies::filled, Copies::fill);
  }

  /** Returns the spec of x, in the type that is asked for. */
  static TensorSpec like(OperationCall c) {
    return c.dtype("dtype").map(c.spec("x")::withDType).orElse(c.spec("x"));
  }

  /** Returns x in the type that is asked for. */
  static Operand<TNumber> converted(OperationCall c) {
    return c.operand("x", like(c).dtype());
  }

  private static TensorSpec filled(OperationCall c) {
    if (!Shapes.broadcastsTo(c.shape("fill_value"), c.shape("x"))) {
      throw new ShapeException(
          "fill_value: expected what can be repeated to "
              + c.spec("x")
              + ", got "
              + c.spec("fill_value"));
    }
    return like(c);
  }

  private static Operand<TNumber> fill(OperationCall c) {
    DType type = like(c).dtype();
    return c.tf().broadcastTo(c.operand("fill_value", type), c.tf().shape(c.operand("x")));
  }
}
