package dev.ibex.core;

import dev.ibex.graph.Array;

/**
 * Functions of angles of a symbolic tensor, element by element, and their inverses; angles are in
 * radians, whole numbers become float32. Source: {@code keras.ops}.
 */
interface TrigonometryMethods extends OfTensor {
  /** Returns the sine. */
  default SymbolicTensor sin() {
    return Operation.of("Sin", symbolic());
  }

  /** Returns the cosine. */
  default SymbolicTensor cos() {
    return Operation.of("Cos", symbolic());
  }

  /** Returns the tangent. */
  default SymbolicTensor tan() {
    return Operation.of("Tan", symbolic());
  }

  /** Returns the hyperbolic sine. */
  default SymbolicTensor sinh() {
    return Operation.of("Sinh", symbolic());
  }

  /** Returns the hyperbolic cosine. */
  default SymbolicTensor cosh() {
    return Operation.of("Cosh", symbolic());
  }

  /** Returns the hyperbolic tangent. */
  default SymbolicTensor tanh() {
    return Operation.of("Tanh", symbolic());
  }

  /** Returns the angles of these sines, from -π/2 to π/2; NaN outside [-1, 1]. */
  default SymbolicTensor arcsin() {
    return Operation.of("Arcsin", symbolic());
  }

  /** Returns the angles of these cosines, from 0 to π; NaN outside [-1, 1]. */
  default SymbolicTensor arccos() {
    return Operation.of("Arccos", symbolic());
  }

  /** Returns the angles of these tangents, from -π/2 to π/2. */
  default SymbolicTensor arctan() {
    return Operation.of("Arctan", symbolic());
  }

  /** Returns the angle of the point (other, this), from -π to π. */
  default SymbolicTensor arctan2(Symbolic other) {
    return Operation.of("Arctan2", symbolic(), other);
  }

  /** Returns the angle of the point (value, this), from -π to π. */
  default SymbolicTensor arctan2(Number value) {
    return Operation.of("Arctan2", symbolic(), value);
  }

  /** Returns the inverse of the hyperbolic sine. */
  default SymbolicTensor arcsinh() {
    return Operation.of("Arcsinh", symbolic());
  }

  /** Returns the inverse of the hyperbolic cosine; NaN below 1. */
  default SymbolicTensor arccosh() {
    return Operation.of("Arccosh", symbolic());
  }

  /** Returns the inverse of the hyperbolic tangent; NaN outside [-1, 1]. */
  default SymbolicTensor arctanh() {
    return Operation.of("Arctanh", symbolic());
  }

  /** Returns sin(π this) / (π this), 1 at 0. */
  default SymbolicTensor sinc() {
    return Operation.of("Sinc", symbolic());
  }

  /** Returns the angle of a real number in the complex plane: π if it is negative, else 0. */
  default SymbolicTensor angle() {
    return Operation.of("Angle", symbolic());
  }

  /** Returns degrees as radians; float64 for int64. */
  default SymbolicTensor deg2rad() {
    return Operation.of("Deg2rad", symbolic());
  }

  /** Returns radians as degrees; float64 for int64. */
  default SymbolicTensor rad2deg() {
    return Operation.of("Rad2deg", symbolic());
  }

  /** Returns sqrt(this² + other²) without overflow between; float64 for int64. */
  default SymbolicTensor hypot(Symbolic other) {
    return Operation.of("Hypot", symbolic(), other);
  }

  /** Returns sqrt(this² + values²) without overflow between; float64 for int64. */
  default SymbolicTensor hypot(Array values) {
    return Operation.of("Hypot", symbolic(), values);
  }
}
