package dev.ibex.core;

/**
 * Numbers near those of a symbolic tensor: rounded, limited, without what is not finite. Source:
 * {@code keras.ops}.
 */
interface RoundingMethods extends OfTensor {
  /** Returns the least whole number not below this; whole numbers become float32. */
  default SymbolicTensor ceil() {
    return Operation.of("Ceil", symbolic());
  }

  /** Returns the largest whole number not above this; whole numbers become float32. */
  default SymbolicTensor floor() {
    return Operation.of("Floor", symbolic());
  }

  /** Returns the whole part, towards 0. */
  default SymbolicTensor trunc() {
    return Operation.of("Trunc", symbolic());
  }

  /** Returns the nearest whole number, the even one of two. */
  default SymbolicTensor round() {
    return Operation.of("Round", symbolic());
  }

  /** Returns this rounded to so many decimals; to tens, hundreds, … for negative ones. */
  default SymbolicTensor round(int decimals) {
    return Operation.of("Round", symbolic(), decimals);
  }

  /** Returns |this|; whole numbers become float32. */
  default SymbolicTensor fabs() {
    return Operation.of("Fabs", symbolic());
  }

  /** Returns -1, 0 or 1. */
  default SymbolicTensor sign() {
    return Operation.of("Sign", symbolic());
  }

  /** Returns this limited to [min, max]; whole numbers take whole limits. */
  default SymbolicTensor clip(Number min, Number max) {
    return Operation.of("Clip", symbolic(), min, max);
  }

  /** Returns 0 for NaN, and the largest and the least finite number for infinities. */
  default SymbolicTensor nanToNum() {
    return Operation.of("NanToNum", symbolic());
  }

  /** Returns the elements with others in place of NaN and of the infinities. */
  default SymbolicTensor nanToNum(double nan, double posinf, double neginf) {
    return Operation.of("NanToNum", symbolic(), nan, posinf, neginf);
  }

  /** Returns the next float64 towards other, rounded to this type. */
  default SymbolicTensor nextafter(Symbolic other) {
    return Operation.of("Nextafter", symbolic(), other);
  }

  /** Returns the next float64 towards value, rounded to this type. */
  default SymbolicTensor nextafter(Number value) {
    return Operation.of("Nextafter", symbolic(), value);
  }
}
