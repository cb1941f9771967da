package dev.ibex.core;

import dev.ibex.graph.Array;

/**
 * Functions of the bits of whole numbers of a symbolic tensor; floating numbers and truth values
 * are refused. Source: {@code keras.ops}.
 */
interface BitwiseMethods extends OfTensor {
  /** Returns each bit turned over. */
  default SymbolicTensor bitwiseInvert() {
    return Operation.of("BitwiseInvert", symbolic());
  }

  /** Returns each bit turned over. */
  default SymbolicTensor bitwiseNot() {
    return Operation.of("BitwiseNot", symbolic());
  }

  /** Returns the bits that this and other have. */
  default SymbolicTensor bitwiseAnd(Symbolic other) {
    return Operation.of("BitwiseAnd", symbolic(), other);
  }

  /** Returns the bits that this and values have. */
  default SymbolicTensor bitwiseAnd(Array values) {
    return Operation.of("BitwiseAnd", symbolic(), values);
  }

  /** Returns the bits that this or other has. */
  default SymbolicTensor bitwiseOr(Symbolic other) {
    return Operation.of("BitwiseOr", symbolic(), other);
  }

  /** Returns the bits that this or values has. */
  default SymbolicTensor bitwiseOr(Array values) {
    return Operation.of("BitwiseOr", symbolic(), values);
  }

  /** Returns the bits in which this and other differ. */
  default SymbolicTensor bitwiseXor(Symbolic other) {
    return Operation.of("BitwiseXor", symbolic(), other);
  }

  /** Returns the bits in which this and values differ. */
  default SymbolicTensor bitwiseXor(Array values) {
    return Operation.of("BitwiseXor", symbolic(), values);
  }

  /** Returns this · 2^other. */
  default SymbolicTensor leftShift(Symbolic other) {
    return Operation.of("LeftShift", symbolic(), other);
  }

  /** Returns this · 2^value. */
  default SymbolicTensor leftShift(int value) {
    return Operation.of("LeftShift", symbolic(), value);
  }

  /** Returns this / 2^other, rounded down. */
  default SymbolicTensor rightShift(Symbolic other) {
    return Operation.of("RightShift", symbolic(), other);
  }

  /** Returns this / 2^value, rounded down. */
  default SymbolicTensor rightShift(int value) {
    return Operation.of("RightShift", symbolic(), value);
  }

  /** As {@code leftShift}, by Keras's other name. */
  default SymbolicTensor bitwiseLeftShift(Symbolic other) {
    return Operation.of("BitwiseLeftShift", symbolic(), other);
  }

  /** As {@code leftShift}, by Keras's other name. */
  default SymbolicTensor bitwiseLeftShift(int value) {
    return Operation.of("BitwiseLeftShift", symbolic(), value);
  }

  /** As {@code rightShift}, by Keras's other name. */
  default SymbolicTensor bitwiseRightShift(Symbolic other) {
    return Operation.of("BitwiseRightShift", symbolic(), other);
  }

  /** As {@code rightShift}, by Keras's other name. */
  default SymbolicTensor bitwiseRightShift(int value) {
    return Operation.of("BitwiseRightShift", symbolic(), value);
  }

  /** Returns the largest number that divides this and other. */
  default SymbolicTensor gcd(Symbolic other) {
    return Operation.of("Gcd", symbolic(), other);
  }

  /** Returns the largest number that divides this and value. */
  default SymbolicTensor gcd(int value) {
    return Operation.of("Gcd", symbolic(), value);
  }

  /** Returns the least number that this and other divide; 0 for 0. */
  default SymbolicTensor lcm(Symbolic other) {
    return Operation.of("Lcm", symbolic(), other);
  }

  /** Returns the least number that this and value divide; 0 for 0. */
  default SymbolicTensor lcm(int value) {
    return Operation.of("Lcm", symbolic(), value);
  }
}
