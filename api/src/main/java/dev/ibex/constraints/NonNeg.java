package dev.ibex.constraints;

import dev.ibex.core.Constraint;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Sets negative values to 0. Source: {@code keras.constraints.NonNeg}. */
public record NonNeg() implements Constraint {
  /** Returns the constraint. */
  public static NonNeg of() {
    return new NonNeg();
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> w) {
    return tf.math.maximum(w, Numbers.constant(tf, w, 0));
  }
}
