package dev.ibex.constraints;

import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Single;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Shortens vectors of a weight that are longer than a bound. Source: {@code
 * keras.constraints.MaxNorm}.
 *
 * @param maxValue the largest norm, at least 0; default 2
 * @param axis the axes along which a norm is taken, none for all; default 0
 */
public record MaxNorm(double maxValue, @Single List<Integer> axis) implements Constraint {
  /** Checks the bound. */
  public MaxNorm {
    Check.that(maxValue >= 0, "maxValue: expected a number of 0 or more, got %s", maxValue);
    axis = List.copyOf(axis);
  }

  /** Returns the constraint with its defaults. */
  public static MaxNorm of() {
    return of(2);
  }

  /** Returns the constraint for vectors along axis 0. */
  public static MaxNorm of(double maxValue) {
    return new MaxNorm(maxValue, List.of(0));
  }

  /** Returns this constraint for vectors along other axes. */
  public MaxNorm axis(Integer... axes) {
    return new MaxNorm(maxValue, List.of(axes));
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> w) {
    Operand<TNumber> norms = Norms.of(tf, w, axis);
    return Norms.rescale(tf, w, Norms.clip(tf, norms, 0, maxValue), norms);
  }
}
