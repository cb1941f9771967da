package dev.ibex.core;

/** Something that stands for one tensor of a model that is being described. */
@FunctionalInterface
public interface Symbolic {
  /** Returns the tensor. */
  SymbolicTensor symbolic();
}
