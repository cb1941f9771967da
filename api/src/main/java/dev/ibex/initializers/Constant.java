package dev.ibex.initializers;

import dev.ibex.core.Initializer;
import dev.ibex.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * One value everywhere. Source: {@code keras.initializers.Constant}.
 *
 * @param value the value; default 0
 */
public record Constant(double value) implements Initializer {
  /** Returns the initializer. */
  public static Constant of(double value) {
    return new Constant(value);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long seed) {
    return Draws.filled(tf, shape, dtype, value);
  }
}
