package dev.ibex.regularizers;

import dev.ibex.core.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * {@code l2 · sum(x²)}. Source: {@code keras.regularizers.L2}.
 *
 * @param l2 the strength, at least 0; default 0.01
 */
public record L2(double l2) implements Regularizer {
  /** Checks the strength. */
  public L2 {
    Sums.requireStrength("l2", l2);
  }

  /** Returns the penalty with its default strength. */
  public static L2 of() {
    return new L2(0.01);
  }

  /** Returns the penalty. */
  public static L2 of(double l2) {
    return new L2(l2);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
    return Sums.scaled(tf, l2, tf.math.square(x));
  }
}
