package dev.ibex.initializers;

import dev.ibex.core.Initializer;
import dev.ibex.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Ones. Source: {@code keras.initializers.Ones}. */
public record Ones() implements Initializer {
  /** Returns the initializer. */
  public static Ones of() {
    return new Ones();
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long seed) {
    return Draws.filled(tf, shape, dtype, 1);
  }
}
