package dev.ibex.regularizers;

import dev.ibex.core.Regularizer;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * {@code l1 · sum(|x|)}. Source: {@code keras.regularizers.L1}.
 *
 * @param l1 the strength, at least 0; default 0.01
 */
public record L1(double l1) implements Regularizer {
  /** Checks the strength. */
  public L1 {
    Sums.requireStrength("l1", l1);
  }

  /** Returns the penalty with its default strength. */
  public static L1 of() {
    return new L1(0.01);
  }

  /** Returns the penalty. */
  public static L1 of(double l1) {
    return new L1(l1);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
    return Sums.scaled(tf, l1, tf.math.abs(x));
  }
}
