package dev.ibex.initializers;

import dev.ibex.core.Initializer;
import dev.ibex.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Zeros. Source: {@code keras.initializers.Zeros}. */
public record Zeros() implements Initializer {
  /** Returns the initializer. */
  public static Zeros of() {
    return new Zeros();
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long seed) {
    return Draws.filled(tf, shape, dtype, 0);
  }
}
