package dev.ibex.core;

import dev.ibex.graph.Array;

/**
 * Arithmetic of symbolic tensors, element by element, with broadcasting.
 *
 * <p>Operands of several types become one by {@link Promotion}; a number gives way to the tensor's
 * type, but a fraction makes whole numbers float32. Source: {@code keras.ops}.
 */
interface ArithmeticMethods extends OfTensor {
  /** Returns this + other. */
  default SymbolicTensor plus(Symbolic other) {
    return Operation.of("Add", symbolic(), other);
  }

  /** Returns this + value. */
  default SymbolicTensor plus(Number value) {
    return Operation.of("Add", symbolic(), value);
  }

  /** Returns this + values. */
  default SymbolicTensor plus(Array values) {
    return Operation.of("Add", symbolic(), values);
  }

  /** Returns this - other. */
  default SymbolicTensor minus(Symbolic other) {
    return Operation.of("Subtract", symbolic(), other);
  }

  /** Returns this - value. */
  default SymbolicTensor minus(Number value) {
    return Operation.of("Subtract", symbolic(), value);
  }

  /** Returns this - values. */
  default SymbolicTensor minus(Array values) {
    return Operation.of("Subtract", symbolic(), values);
  }

  /** Returns this · other. */
  default SymbolicTensor times(Symbolic other) {
    return Operation.of("Multiply", symbolic(), other);
  }

  /** Returns this · value. */
  default SymbolicTensor times(Number value) {
    return Operation.of("Multiply", symbolic(), value);
  }

  /** Returns this · values. */
  default SymbolicTensor times(Array values) {
    return Operation.of("Multiply", symbolic(), values);
  }

  /** Returns this / other, floating for whole numbers too. */
  default SymbolicTensor dividedBy(Symbolic other) {
    return Operation.of("TrueDivide", symbolic(), other);
  }

  /** Returns this / value, floating for whole numbers too. */
  default SymbolicTensor dividedBy(Number value) {
    return Operation.of("TrueDivide", symbolic(), value);
  }

  /** Returns this / values, floating for whole numbers too. */
  default SymbolicTensor dividedBy(Array values) {
    return Operation.of("TrueDivide", symbolic(), values);
  }

  /** Returns this / other, rounded down. */
  default SymbolicTensor floorDivide(Symbolic other) {
    return Operation.of("FloorDivide", symbolic(), other);
  }

  /** Returns this / value, rounded down. */
  default SymbolicTensor floorDivide(Number value) {
    return Operation.of("FloorDivide", symbolic(), value);
  }

  /** Returns what is left of this / other rounded down. */
  default SymbolicTensor mod(Symbolic other) {
    return Operation.of("Mod", symbolic(), other);
  }

  /** Returns what is left of this / value rounded down. */
  default SymbolicTensor mod(Number value) {
    return Operation.of("Mod", symbolic(), value);
  }

  /** Returns this to the power of other. */
  default SymbolicTensor power(Symbolic other) {
    return Operation.of("Power", symbolic(), other);
  }

  /** Returns this to the power of value. */
  default SymbolicTensor power(Number value) {
    return Operation.of("Power", symbolic(), value);
  }
}
