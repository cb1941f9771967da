package dev.ibex.core;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** A penalty on a weight or an output, added to the loss; a lambda will do. */
@FunctionalInterface
public interface Regularizer {
  /** No penalty. */
  Regularizer NONE = (tf, x) -> dev.ibex.graph.Numbers.constant(tf, x, 0);

  /** Returns the penalty, a scalar of x's type. */
  Operand<TNumber> apply(Ops tf, Operand<TNumber> x);
}
