package dev.ibex.core;

import java.util.List;

/**
 * Products of symbolic tensors, and what is computed of matrices, which are the last two axes.
 * Source: {@code keras.ops}.
 */
interface LinearAlgebraMethods extends OfTensor {
  /** Returns the product of the last axis of this and the last but one of the other. */
  default SymbolicTensor dot(Symbolic other) {
    return Operation.of("Dot", symbolic(), other);
  }

  /** Returns the product of the last axes. */
  default SymbolicTensor inner(Symbolic other) {
    return Operation.of("Inner", symbolic(), other);
  }

  /** Returns each element times each of the other. */
  default SymbolicTensor outer(Symbolic other) {
    return Operation.of("Outer", symbolic(), other);
  }

  /** Returns the sum of products of all elements. */
  default SymbolicTensor vdot(Symbolic other) {
    return Operation.of("Vdot", symbolic(), other);
  }

  /** Returns the product of the last axes of this and the first ones of the other. */
  default SymbolicTensor tensordot(Symbolic other, int axes) {
    return Operation.of("Tensordot", symbolic(), other, axes);
  }

  /** Returns the cross product of vectors of the last axis. */
  default SymbolicTensor cross(Symbolic other) {
    return Operation.of("Cross", symbolic(), other);
  }

  /** Returns each element times the whole of the other in its place. */
  default SymbolicTensor kron(Symbolic other) {
    return Operation.of("Kron", symbolic(), other);
  }

  /** Returns the distances of all vectors of the last axis from those of the other. */
  default SymbolicTensor cdist(Symbolic other) {
    return Operation.of("CDist", symbolic(), other);
  }

  /**
   * Returns the triangular factors of positive definite matrices; training fails where one is none.
   */
  default SymbolicTensor cholesky(boolean upper) {
    return Operation.of("Cholesky", symbolic(), upper);
  }

  /** Returns the inverses of matrices of which these are the triangular factors. */
  default SymbolicTensor choleskyInverse(boolean upper) {
    return Operation.of("CholeskyInverse", symbolic(), upper);
  }

  /** Returns the determinants. */
  default SymbolicTensor det() {
    return Operation.of("Det", symbolic());
  }

  /** Returns the logarithms of determinants of positive definite matrices. */
  default SymbolicTensor logdet() {
    return Operation.of("Logdet", symbolic());
  }

  /** Returns the signs of determinants, and the logarithms of what they are without. */
  default List<SymbolicTensor> slogdet() {
    return Operation.all("Slogdet", symbolic());
  }

  /** Returns the inverses. */
  default SymbolicTensor inv() {
    return Operation.of("Inv", symbolic());
  }

  /** Returns the inverses in the sense of least squares; without a derivative. */
  default SymbolicTensor pinv() {
    return Operation.of("Pinv", symbolic());
  }

  /** Returns what these matrices times it give the other. */
  default SymbolicTensor solve(Symbolic other) {
    return Operation.of("Solve", symbolic(), other);
  }

  /** As {@link #solve(Symbolic)}, of one triangle of these matrices. */
  default SymbolicTensor solveTriangular(Symbolic other, boolean lower) {
    return Operation.of("SolveTriangular", symbolic(), other, lower);
  }

  /** Returns orthogonal and triangular factors; without a derivative. */
  default List<SymbolicTensor> qr() {
    return Operation.all("Qr", symbolic());
  }

  /** Returns left vectors, singular values and right vectors; without a derivative. */
  default List<SymbolicTensor> svd(boolean fullMatrices) {
    return Operation.all("SVD", symbolic(), fullMatrices);
  }

  /** Returns eigenvalues and eigenvectors of symmetric matrices; without a derivative. */
  default List<SymbolicTensor> eigh() {
    return Operation.all("Eigh", symbolic());
  }
}
