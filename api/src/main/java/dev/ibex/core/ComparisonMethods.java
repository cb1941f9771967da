package dev.ibex.core;

/**
 * Comparisons of symbolic tensors and logic, element by element, with broadcasting; the results are
 * bools. Source: {@code keras.ops}.
 */
interface ComparisonMethods extends OfTensor {
  /** Returns this &gt; other. */
  default SymbolicTensor greater(Symbolic other) {
    return Operation.of("Greater", symbolic(), other);
  }

  /** Returns this &gt; value. */
  default SymbolicTensor greater(Number value) {
    return Operation.of("Greater", symbolic(), value);
  }

  /** Returns this &gt;= other. */
  default SymbolicTensor greaterEqual(Symbolic other) {
    return Operation.of("GreaterEqual", symbolic(), other);
  }

  /** Returns this &gt;= value. */
  default SymbolicTensor greaterEqual(Number value) {
    return Operation.of("GreaterEqual", symbolic(), value);
  }

  /** Returns this &lt; other. */
  default SymbolicTensor less(Symbolic other) {
    return Operation.of("Less", symbolic(), other);
  }

  /** Returns this &lt; value. */
  default SymbolicTensor less(Number value) {
    return Operation.of("Less", symbolic(), value);
  }

  /** Returns this &lt;= other. */
  default SymbolicTensor lessEqual(Symbolic other) {
    return Operation.of("LessEqual", symbolic(), other);
  }

  /** Returns this &lt;= value. */
  default SymbolicTensor lessEqual(Number value) {
    return Operation.of("LessEqual", symbolic(), value);
  }

  /** Returns this == other. */
  default SymbolicTensor equal(Symbolic other) {
    return Operation.of("Equal", symbolic(), other);
  }

  /** Returns this == value. */
  default SymbolicTensor equal(Number value) {
    return Operation.of("Equal", symbolic(), value);
  }

  /** Returns this != other. */
  default SymbolicTensor notEqual(Symbolic other) {
    return Operation.of("NotEqual", symbolic(), other);
  }

  /** Returns this != value. */
  default SymbolicTensor notEqual(Number value) {
    return Operation.of("NotEqual", symbolic(), value);
  }

  /** Returns this or other; a number that is not 0 is true. */
  default SymbolicTensor logicalOr(Symbolic other) {
    return Operation.of("LogicalOr", symbolic(), other);
  }

  /** Returns this and other; a number that is not 0 is true. */
  default SymbolicTensor logicalAnd(Symbolic other) {
    return Operation.of("LogicalAnd", symbolic(), other);
  }

  /** Returns whether an element is false, or 0. */
  default SymbolicTensor logicalNot() {
    return Operation.of("LogicalNot", symbolic());
  }
}
