package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;

/**
 * Tensors of the shape of a symbolic tensor, and other types of its elements. Source: {@code
 * keras.ops}.
 */
interface CopyMethods extends OfTensor {
  /** Returns the same elements. */
  default SymbolicTensor copy() {
    return Operation.of("Copy", symbolic());
  }

  /** Returns the real parts: the same elements. */
  default SymbolicTensor real() {
    return Operation.of("Real", symbolic());
  }

  /** Returns the imaginary parts: zeros. */
  default SymbolicTensor imag() {
    return Operation.of("Imag", symbolic());
  }

  /** Returns the conjugates: the same elements. */
  default SymbolicTensor conjugate() {
    return Operation.of("Conjugate", symbolic());
  }

  /** As {@link #conjugate}, by Keras's other name. */
  default SymbolicTensor conj() {
    return Operation.of("Conj", symbolic());
  }

  /** Returns |this|, as {@code absolute} does. */
  default SymbolicTensor abs() {
    return Operation.of("Abs", symbolic());
  }

  /** Returns ones of this shape and type. */
  default SymbolicTensor onesLike() {
    return Operation.of("OnesLike", symbolic());
  }

  /** Returns zeros of this shape and type. */
  default SymbolicTensor emptyLike() {
    return Operation.of("EmptyLike", symbolic());
  }

  /** Returns other in this shape and type. */
  default SymbolicTensor fullLike(Symbolic other) {
    return Operation.of("FullLike", symbolic(), other);
  }

  /** Returns value in this shape and type. */
  default SymbolicTensor fullLike(Number value) {
    return Operation.of("FullLike", symbolic(), value);
  }

  /** Returns values in this shape and type. */
  default SymbolicTensor fullLike(Array values) {
    return Operation.of("FullLike", symbolic(), values);
  }

  /** Returns the same elements. */
  default SymbolicTensor array() {
    return Operation.of("Array", symbolic());
  }

  /** Returns the elements in another type. */
  default SymbolicTensor array(DType dtype) {
    return Operation.of("Array", symbolic(), dtype);
  }

  /** Returns the elements in another type. */
  default SymbolicTensor convertToTensor(DType dtype) {
    return Operation.of("ConvertToTensor", symbolic(), dtype);
  }

  /** Returns the elements in another type, limited to what it holds. */
  default SymbolicTensor saturateCast(DType dtype) {
    return Operation.of("SaturateCast", symbolic(), dtype);
  }

  /** Returns the same elements, which let no derivative pass. */
  default SymbolicTensor stopGradient() {
    return Operation.of("StopGradient", symbolic());
  }

  /** Returns class numbers as float32 vectors with a single 1; all 0 for other numbers. */
  default SymbolicTensor oneHot(int classes) {
    return oneHot(classes, -1, DType.FLOAT32);
  }

  /** As {@link #oneHot(int)} along another axis of the result, in another type. */
  default SymbolicTensor oneHot(int classes, int axis, DType dtype) {
    return Operation.of("OneHot", symbolic(), classes, axis, dtype);
  }

  /** Returns the class numbers along axis 1 as one float32 vector of zeros and ones. */
  default SymbolicTensor multiHot(int classes) {
    return Operation.of("MultiHot", symbolic(), classes);
  }
}
