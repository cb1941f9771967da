package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** The first value of a variable; a lambda will do. */
@FunctionalInterface
public interface Initializer {
  /**
   * Emits the value.
   *
   * @param seed the seed to draw from, unless the initializer was given one of its own
   */
  Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long seed);

  /** Returns the value on the heap. */
  default Array value(Shape shape, DType dtype, long seed) {
    return Evaluation.of((tf, in) -> List.of(apply(tf, shape, dtype, seed))).get(0);
  }
}
