package dev.ibex.constraints;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Single;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Moves the norms of a weight's vectors into a range, at once or by a part of the way. Source:
 * {@code keras.constraints.MinMaxNorm}.
 *
 * @param minValue the smallest norm, at least 0; default 0
 * @param maxValue the largest norm, at least the smallest; default 1
 * @param rate the part of the way that an update goes, from 0 to 1; default 1
 * @param axis the axes along which a norm is taken, none for all; default 0
 */
public record MinMaxNorm(double minValue, double maxValue, double rate, @Single List<Integer> axis)
    implements Constraint {
  /** Checks the range and the rate. */
  public MinMaxNorm {
    Check.that(minValue >= 0, "minValue: expected a number of 0 or more, got %s", minValue);
    Check.that(
        maxValue >= minValue,
        "maxValue: expected a number of minValue = %s or more, got %s",
        minValue,
        maxValue);
    Check.rate("rate", rate);
    axis = List.copyOf(axis);
  }

  /** Returns the constraint with its defaults. */
  public static MinMaxNorm of() {
    return of(0, 1);
  }

  /** Returns the constraint for vectors along axis 0, with rate 1. */
  public static MinMaxNorm of(double minValue, double maxValue) {
    return new MinMaxNorm(minValue, maxValue, 1, List.of(0));
  }

  /** Returns this constraint with another part of the way. */
  public MinMaxNorm rate(double r) {
    return new MinMaxNorm(minValue, maxValue, r, axis);
  }

  /** Returns this constraint for vectors along other axes. */
  public MinMaxNorm axis(Integer... axes) {
    return new MinMaxNorm(minValue, maxValue, rate, List.of(axes));
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> w) {
    Operand<TNumber> norms = Norms.of(tf, w, axis);
    Operand<TNumber> desired =
        tf.math.add(
            tf.math.mul(constant(tf, w, rate), Norms.clip(tf, norms, minValue, maxValue)),
            tf.math.mul(constant(tf, w, 1 - rate), norms));
    return Norms.rescale(tf, w, desired, norms);
  }
}
