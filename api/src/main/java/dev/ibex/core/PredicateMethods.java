package dev.ibex.core;

import dev.ibex.graph.Array;

/**
 * Questions about each element of a symbolic tensor; the answers are bools. Source: {@code
 * keras.ops}.
 */
interface PredicateMethods extends OfTensor {
  /** Returns whether an element is neither infinite nor NaN. */
  default SymbolicTensor isfinite() {
    return Operation.of("Isfinite", symbolic());
  }

  /** Returns whether an element is infinite. */
  default SymbolicTensor isinf() {
    return Operation.of("Isinf", symbolic());
  }

  /** Returns whether an element is NaN. */
  default SymbolicTensor isnan() {
    return Operation.of("Isnan", symbolic());
  }

  /** Returns whether an element is +∞. */
  default SymbolicTensor isposinf() {
    return Operation.of("Isposinf", symbolic());
  }

  /** Returns whether an element is -∞. */
  default SymbolicTensor isneginf() {
    return Operation.of("Isneginf", symbolic());
  }

  /** Returns whether an element is real: all are. */
  default SymbolicTensor isreal() {
    return Operation.of("Isreal", symbolic());
  }

  /** Returns whether an element has a minus sign; -0.0 has one. */
  default SymbolicTensor signbit() {
    return Operation.of("Signbit", symbolic());
  }

  /** Returns whether one of this and other is true; a number that is not 0 is. */
  default SymbolicTensor logicalXor(Symbolic other) {
    return Operation.of("LogicalXor", symbolic(), other);
  }

  /**
   * Returns whether |this - other| &lt;= 1e-8 + 1e-5 |other|; of whole numbers, whether they are
   * equal.
   */
  default SymbolicTensor isclose(Symbolic other) {
    return Operation.of("Isclose", symbolic(), other);
  }

  /**
   * Returns whether |this - value| &lt;= 1e-8 + 1e-5 |value|; of whole numbers, whether they are
   * equal.
   */
  default SymbolicTensor isclose(Number value) {
    return Operation.of("Isclose", symbolic(), value);
  }

  /** As {@link #isclose(Symbolic)} with other tolerances; {@code equalNan} makes NaN like NaN. */
  default SymbolicTensor isclose(Symbolic other, double rtol, double atol, boolean equalNan) {
    return Operation.of("Isclose", symbolic(), other, rtol, atol, equalNan);
  }

  /** Returns whether an element is among other. */
  default SymbolicTensor isin(Symbolic other) {
    return Operation.of("IsIn", symbolic(), other);
  }

  /** Returns whether an element is among values. */
  default SymbolicTensor isin(Array values) {
    return Operation.of("IsIn", symbolic(), values);
  }

  /** Returns how many of these growing numbers, a vector, are not above an element; int32. */
  default SymbolicTensor digitize(Array bins) {
    return Operation.of("Digitize", symbolic(), bins);
  }
}
