package dev.ibex.core;

/**
 * Powers, roots and logarithms of a symbolic tensor, element by element. Source: {@code keras.ops}.
 */
interface ExponentMethods extends OfTensor {
  /** Returns 2 to the power of this; whole numbers become float32. */
  default SymbolicTensor exp2() {
    return Operation.of("Exp2", symbolic());
  }

  /** Returns exp(this) - 1, exact near 0; whole numbers become float32. */
  default SymbolicTensor expm1() {
    return Operation.of("Expm1", symbolic());
  }

  /** Returns log(1 + this), exact near 0; whole numbers become float32. */
  default SymbolicTensor log1p() {
    return Operation.of("Log1p", symbolic());
  }

  /** Returns the logarithm of base 2; whole numbers become float32. */
  default SymbolicTensor log2() {
    return Operation.of("Log2", symbolic());
  }

  /** Returns the logarithm of base 10; whole numbers become float32. */
  default SymbolicTensor log10() {
    return Operation.of("Log10", symbolic());
  }

  /** Returns log(exp(this) + exp(other)) without overflow between. */
  default SymbolicTensor logaddexp(Symbolic other) {
    return Operation.of("Logaddexp", symbolic(), other);
  }

  /** Returns log(exp(this) + exp(value)) without overflow between. */
  default SymbolicTensor logaddexp(Number value) {
    return Operation.of("Logaddexp", symbolic(), value);
  }

  /** Returns log2(2^this + 2^other) without overflow between. */
  default SymbolicTensor logaddexp2(Symbolic other) {
    return Operation.of("Logaddexp2", symbolic(), other);
  }

  /** Returns log2(2^this + 2^value) without overflow between. */
  default SymbolicTensor logaddexp2(Number value) {
    return Operation.of("Logaddexp2", symbolic(), value);
  }

  /** Returns this · 2^other, of whole numbers other. */
  default SymbolicTensor ldexp(Symbolic other) {
    return Operation.of("Ldexp", symbolic(), other);
  }

  /** Returns this · 2^value, of whole numbers value. */
  default SymbolicTensor ldexp(int value) {
    return Operation.of("Ldexp", symbolic(), value);
  }

  /** Returns this · this; int32 for truth values. */
  default SymbolicTensor square() {
    return Operation.of("Square", symbolic());
  }

  /** Returns 1 / this, of floating numbers. */
  default SymbolicTensor reciprocal() {
    return Operation.of("Reciprocal", symbolic());
  }

  /** Returns the cube root, of negative numbers too; float64 for int64. */
  default SymbolicTensor cbrt() {
    return Operation.of("Cbrt", symbolic());
  }

  /** Returns 1 / sqrt(this), of floating numbers. */
  default SymbolicTensor rsqrt() {
    return Operation.of("Rsqrt", symbolic());
  }

  /** Returns the error function, of floating numbers. */
  default SymbolicTensor erf() {
    return Operation.of("Erf", symbolic());
  }

  /** Returns 1 - erf(this), of floating numbers. */
  default SymbolicTensor erfc() {
    return Operation.of("Erfc", symbolic());
  }

  /** Returns the inverse of the error function, of floating numbers. */
  default SymbolicTensor erfinv() {
    return Operation.of("Erfinv", symbolic());
  }

  /** Returns the modified Bessel function of the first kind, of order 0; not of bfloat16. */
  default SymbolicTensor i0() {
    return Operation.of("I0", symbolic());
  }
}
