package dev.ibex.initializers;

import dev.ibex.core.Check;
import dev.ibex.core.Records;
import dev.ibex.graph.DType;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Random numbers of variance {@code scale / n}, where n is a fan of the weight.
 *
 * <p>A kernel (…, in, out) has fan in {@code in · …} and fan out {@code out · …}; a vector has its
 * length for both. Source: {@code keras.initializers.VarianceScaling}.
 *
 * @param seed what to draw from; by default the model's choice
 * @param scale the variance times n, above 0; default 1
 * @param mode which fan; default {@link Mode#FAN_IN}
 * @param distribution which numbers; default {@link Distribution#TRUNCATED_NORMAL}
 * @param inputAxes the weight's axes that meet the input; by default those of a kernel
 * @param outputAxes the weight's axes that meet the output; by default those of a kernel
 */
public record VarianceScaling(
    Optional<Long> seed,
    double scale,
    Mode mode,
    Distribution distribution,
    Optional<List<Integer>> inputAxes,
    Optional<List<Integer>> outputAxes)
    implements ScaledByFans {
  /** The standard deviation of a standard normal number that lies within ±2. */
  private static final double TRUNCATED = 0.8796256610342398;

  /** The fan that divides the scale. */
  public enum Mode {
    /** Of the input. */
    FAN_IN,
    /** Of the output. */
    FAN_OUT,
    /** The mean of both. */
    FAN_AVG
  }

  /** The numbers that are drawn. */
  public enum Distribution {
    /** Normal, drawn again where more than two deviations from 0. */
    TRUNCATED_NORMAL,
    /** Normal. */
    UNTRUNCATED_NORMAL,
    /** Uniform. */
    UNIFORM
  }

  /** Checks the scale. */
  public VarianceScaling {
    Check.that(scale > 0, "scale: expected a positive number, got %s", scale);
  }

  /** Returns the initializer with its defaults. */
  public static VarianceScaling of() {
    return new VarianceScaling(
        Optional.empty(),
        1,
        Mode.FAN_IN,
        Distribution.TRUNCATED_NORMAL,
        Optional.empty(),
        Optional.empty());
  }

  /** Returns this initializer with a seed of its own. */
  public VarianceScaling seed(long s) {
    return Records.with(this, "seed", Optional.of(s));
  }

  /** Returns this initializer with another variance times n. */
  public VarianceScaling scale(double s) {
    return Records.with(this, "scale", s);
  }

  /** Returns this initializer with another fan. */
  public VarianceScaling mode(Mode m) {
    return Records.with(this, "mode", m);
  }

  /** Returns this initializer with other numbers. */
  public VarianceScaling distribution(Distribution d) {
    return Records.with(this, "distribution", d);
  }

  /** Returns this initializer for a weight with the given axes. */
  @Override
  public VarianceScaling axes(List<Integer> input, List<Integer> output) {
    return new VarianceScaling(
        seed, scale, mode, distribution, Optional.of(input), Optional.of(output));
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long modelSeed) {
    Fans fans = Fans.of(shape, inputAxes, outputAxes);
    double n =
        switch (mode) {
          case FAN_IN -> fans.in();
          case FAN_OUT -> fans.out();
          case FAN_AVG -> (fans.in() + fans.out()) / 2;
        };
    double variance = scale / Math.max(1, n);
    Draws draws = new Draws(tf, shape, dtype, seed, modelSeed);
    return switch (distribution) {
      case TRUNCATED_NORMAL -> draws.truncatedNormal(0, Math.sqrt(variance) / TRUNCATED);
      case UNTRUNCATED_NORMAL -> draws.normal(0, Math.sqrt(variance));
      case UNIFORM -> draws.uniform(-Math.sqrt(3 * variance), Math.sqrt(3 * variance));
    };
  }
}
