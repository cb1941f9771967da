package dev.ibex.core;

import dev.ibex.graph.Array;

/**
 * The larger or smaller of two, and divisions, of a symbolic tensor, with broadcasting. Source:
 * {@code keras.ops}.
 */
interface ChoiceMethods extends OfTensor {
  /** Returns the larger of this and other; NaN if one is. */
  default SymbolicTensor maximum(Symbolic other) {
    return Operation.of("Maximum", symbolic(), other);
  }

  /** Returns the larger of this and value; NaN if one is. */
  default SymbolicTensor maximum(Number value) {
    return Operation.of("Maximum", symbolic(), value);
  }

  /** Returns the larger of this and values; NaN if one is. */
  default SymbolicTensor maximum(Array values) {
    return Operation.of("Maximum", symbolic(), values);
  }

  /** Returns the smaller of this and other; NaN if one is. */
  default SymbolicTensor minimum(Symbolic other) {
    return Operation.of("Minimum", symbolic(), other);
  }

  /** Returns the smaller of this and value; NaN if one is. */
  default SymbolicTensor minimum(Number value) {
    return Operation.of("Minimum", symbolic(), value);
  }

  /** Returns the smaller of this and values; NaN if one is. */
  default SymbolicTensor minimum(Array values) {
    return Operation.of("Minimum", symbolic(), values);
  }

  /** Returns the larger of this and other; the other one if one is NaN. */
  default SymbolicTensor fmax(Symbolic other) {
    return Operation.of("Fmax", symbolic(), other);
  }

  /** Returns the larger of this and value; the other one if one is NaN. */
  default SymbolicTensor fmax(Number value) {
    return Operation.of("Fmax", symbolic(), value);
  }

  /** Returns the smaller of this and other; the other one if one is NaN. */
  default SymbolicTensor fmin(Symbolic other) {
    return Operation.of("Fmin", symbolic(), other);
  }

  /** Returns the smaller of this and value; the other one if one is NaN. */
  default SymbolicTensor fmin(Number value) {
    return Operation.of("Fmin", symbolic(), value);
  }

  /** Returns what is left of this / other rounded towards 0. */
  default SymbolicTensor fmod(Symbolic other) {
    return Operation.of("Fmod", symbolic(), other);
  }

  /** Returns what is left of this / value rounded towards 0. */
  default SymbolicTensor fmod(Number value) {
    return Operation.of("Fmod", symbolic(), value);
  }

  /** Returns this / other, 0 where other is 0; floating for whole numbers too. */
  default SymbolicTensor divideNoNan(Symbolic other) {
    return Operation.of("DivideNoNan", symbolic(), other);
  }

  /** Returns this / value, 0 where value is 0; floating for whole numbers too. */
  default SymbolicTensor divideNoNan(Number value) {
    return Operation.of("DivideNoNan", symbolic(), value);
  }

  /** Returns 0 where this is negative, 1 where it is positive, else other. */
  default SymbolicTensor heaviside(Symbolic other) {
    return Operation.of("Heaviside", symbolic(), other);
  }

  /** Returns 0 where this is negative, 1 where it is positive, else values. */
  default SymbolicTensor heaviside(Array values) {
    return Operation.of("Heaviside", symbolic(), values);
  }
}
