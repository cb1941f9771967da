package dev.ibex.constraints;

import dev.ibex.core.Constraint;
import dev.ibex.core.Single;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Gives the vectors of a weight norm 1. Source: {@code keras.constraints.UnitNorm}.
 *
 * @param axis the axes along which a norm is taken, none for all; default 0
 */
public record UnitNorm(@Single List<Integer> axis) implements Constraint {
  /** Copies the axes. */
  public UnitNorm {
    axis = List.copyOf(axis);
  }

  /** Returns the constraint for vectors along axis 0. */
  public static UnitNorm of() {
    return new UnitNorm(List.of(0));
  }

  /** Returns this constraint for vectors along other axes. */
  public UnitNorm axis(Integer... axes) {
    return new UnitNorm(List.of(axes));
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> w) {
    return Norms.rescale(tf, w, Numbers.constant(tf, w, 1), Norms.of(tf, w, axis));
  }
}
