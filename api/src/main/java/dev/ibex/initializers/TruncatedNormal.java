package dev.ibex.initializers;

import dev.ibex.core.Initializer;
import dev.ibex.graph.DType;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Normal numbers, drawn again where more than two deviations from the mean. Source: {@code
 * keras.initializers.TruncatedNormal}.
 *
 * @param seed what to draw from; by default the model's choice
 * @param mean their mean; default 0
 * @param stddev their standard deviation before truncation; default 0.05
 */
public record TruncatedNormal(Optional<Long> seed, double mean, double stddev)
    implements Initializer {
  /** Returns the initializer with its defaults. */
  public static TruncatedNormal of() {
    return of(0, 0.05);
  }

  /** Returns the initializer with the given mean and stddev. */
  public static TruncatedNormal of(double mean, double stddev) {
    return new TruncatedNormal(Optional.empty(), mean, stddev);
  }

  /** Returns this initializer with a seed of its own. */
  public TruncatedNormal seed(long s) {
    return new TruncatedNormal(Optional.of(s), mean, stddev);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long modelSeed) {
    return new Draws(tf, shape, dtype, seed, modelSeed).truncatedNormal(mean, stddev);
  }
}
