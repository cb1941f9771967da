package dev.ibex.core;

import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;

/**
 * A tensor in an emitted graph with the mask that travels beside it.
 *
 * @param tensor the tensor
 * @param mask true where a step counts, shaped like the tensor's leading axes; empty if all count
 */
public record Value(Operand<?> tensor, Optional<Operand<TBool>> mask) {
  /** Returns a tensor without a mask. */
  public static Value of(Operand<?> tensor) {
    return new Value(tensor, Optional.empty());
  }
}
