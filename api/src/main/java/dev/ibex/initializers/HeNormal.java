package dev.ibex.initializers;

import dev.ibex.graph.DType;
import dev.ibex.initializers.VarianceScaling.Distribution;
import dev.ibex.initializers.VarianceScaling.Mode;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Truncated normal numbers of deviation sqrt(2 / fan in). Source: {@code
 * keras.initializers.HeNormal}.
 *
 * @param seed what to draw from; by default the model's choice
 * @param inputAxes the weight's axes that meet the input; by default those of a kernel
 * @param outputAxes the weight's axes that meet the output; by default those of a kernel
 */
public record HeNormal(
    Optional<Long> seed, Optional<List<Integer>> inputAxes, Optional<List<Integer>> outputAxes)
    implements ScaledByFans {
  /** Returns the initializer with its defaults. */
  public static HeNormal of() {
    return new HeNormal(Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Returns this initializer with a seed of its own. */
  public HeNormal seed(long s) {
    return new HeNormal(Optional.of(s), inputAxes, outputAxes);
  }

  /** Returns this initializer for a weight with the given axes. */
  @Override
  public HeNormal axes(List<Integer> input, List<Integer> output) {
    return new HeNormal(seed, Optional.of(input), Optional.of(output));
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long modelSeed) {
    return new VarianceScaling(
            seed, 2, Mode.FAN_IN, Distribution.TRUNCATED_NORMAL, inputAxes, outputAxes)
        .apply(tf, shape, dtype, modelSeed);
  }
}
