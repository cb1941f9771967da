package dev.ibex.core;

import dev.ibex.graph.DType;

/**
 * Functions of one symbolic tensor, element by element. Whole numbers become float32 where the
 * result is no whole number. Source: {@code keras.ops}.
 */
interface ElementwiseMethods extends OfTensor {
  /** Returns -this. */
  default SymbolicTensor negative() {
    return Operation.of("Negative", symbolic());
  }

  /** Returns |this|. */
  default SymbolicTensor absolute() {
    return Operation.of("Absolute", symbolic());
  }

  /** Returns e to the power of this. */
  default SymbolicTensor exp() {
    return Operation.of("Exp", symbolic());
  }

  /** Returns the natural logarithm. */
  default SymbolicTensor log() {
    return Operation.of("Log", symbolic());
  }

  /** Returns the square root. */
  default SymbolicTensor sqrt() {
    return Operation.of("Sqrt", symbolic());
  }

  /** Returns the elements in another type. */
  default SymbolicTensor cast(DType dtype) {
    return Operation.of("Cast", symbolic(), dtype);
  }

  /** Returns zeros of this shape and type. */
  default SymbolicTensor zerosLike() {
    return Operation.of("ZerosLike", symbolic());
  }
}
