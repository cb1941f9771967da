package dev.ibex.graph;

import org.tensorflow.Operand;

/** What stands for an argument of a function, or a value in its body, while it is inlined. */
public sealed interface Inlined {
  /**
   * A tensor.
   *
   * @param operand the tensor in the graph that is emitted
   */
  record Tensor(Operand<?> operand) implements Inlined {}

  /**
   * The handle of a variable.
   *
   * @param number what the variable is known by
   */
  record Variable(int number) implements Inlined {}

  /** The variables of a function that is inlined. */
  interface Variables {
    /** Returns the value as of now. */
    Operand<?> read(int variable);

    /** Returns rows of the value. */
    Operand<?> lookup(int variable, Operand<?> ids);

    /** Gives it a new value, which is read from now on. */
    void assign(int variable, Operand<?> value);

    /** Returns the handle itself, for ops that take it; no derivative passes through it. */
    Operand<?> handle(int variable);
  }
}
