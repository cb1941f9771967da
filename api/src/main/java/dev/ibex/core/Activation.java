package dev.ibex.core;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** An element-wise function or a normalisation, such as ReLU or softmax; a lambda will do. */
@FunctionalInterface
public interface Activation {
  /** Returns f(x), of x's type. */
  Operand<TNumber> apply(Ops tf, Operand<TNumber> x);

  /** Returns the shape of f(x); by default that of x. */
  default Shape outputShape(Shape in) {
    return in;
  }
}
