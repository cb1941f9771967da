package dev.ibex.core;

/** What the groups of methods of {@link Symbolic} share. */
interface OfTensor {
  /** Returns the tensor. */
  SymbolicTensor symbolic();
}
