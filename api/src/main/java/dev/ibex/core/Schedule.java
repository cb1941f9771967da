package dev.ibex.core;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt64;

/** A learning rate that depends on the step; a lambda will do. */
@FunctionalInterface
public interface Schedule {
  /** Returns the learning rate of a step, a scalar; the first step is 0. */
  Operand<TFloat32> apply(Ops tf, Operand<TInt64> step);
}
