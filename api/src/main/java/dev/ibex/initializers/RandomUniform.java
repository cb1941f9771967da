package dev.ibex.initializers;

import dev.ibex.core.Initializer;
import dev.ibex.graph.DType;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Uniform numbers. Source: {@code keras.initializers.RandomUniform}.
 *
 * @param seed what to draw from; by default the model's choice
 * @param minval the lowest; default -0.05
 * @param maxval what all are below; default 0.05
 */
public record RandomUniform(Optional<Long> seed, double minval, double maxval)
    implements Initializer {
  /** Returns the initializer with its defaults. */
  public static RandomUniform of() {
    return of(-0.05, 0.05);
  }

  /** Returns the initializer with the given minval and maxval. */
  public static RandomUniform of(double minval, double maxval) {
    return new RandomUniform(Optional.empty(), minval, maxval);
  }

  /** Returns this initializer with a seed of its own. */
  public RandomUniform seed(long s) {
    return new RandomUniform(Optional.of(s), minval, maxval);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long modelSeed) {
    return new Draws(tf, shape, dtype, seed, modelSeed).uniform(minval, maxval);
  }
}
