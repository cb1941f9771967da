package dev.ibex.core;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** A projection that a weight goes through after each update; a lambda will do. */
@FunctionalInterface
public interface Constraint {
  /** No projection. */
  Constraint NONE = (tf, w) -> w;

  /** Returns the projected weight, of w's shape and type. */
  Operand<TNumber> apply(Ops tf, Operand<TNumber> w);
}
