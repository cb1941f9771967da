package dev.ibex.graph;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Op;

/**
 * A call of a function that XLA compiles.
 *
 * @param outputs the function's results
 * @param op the call, to be run for its effect
 */
public record XlaCall(List<Operand<?>> outputs, Op op) {
  /** Copies the list. */
  public XlaCall {
    outputs = List.copyOf(outputs);
  }
}
