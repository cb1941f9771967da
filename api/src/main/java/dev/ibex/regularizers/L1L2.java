package dev.ibex.regularizers;

import dev.ibex.core.Regularizer;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * {@code l1 · sum(|x|) + l2 · sum(x²)}. Source: {@code keras.regularizers.L1L2}.
 *
 * @param l1 the strength of the first term, at least 0; default 0
 * @param l2 the strength of the second term, at least 0; default 0
 */
public record L1L2(double l1, double l2) implements Regularizer {
  /** Checks the strengths. */
  public L1L2 {
    Sums.requireStrength("l1", l1);
    Sums.requireStrength("l2", l2);
  }

  /** Returns a penalty of nothing. */
  public static L1L2 of() {
    return new L1L2(0, 0);
  }

  /** Returns the penalty. */
  public static L1L2 of(double l1, double l2) {
    return new L1L2(l1, l2);
  }

  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> sum = Numbers.constant(tf, x, 0);
    if (l1 != 0) {
      sum = tf.math.add(sum, Sums.scaled(tf, l1, tf.math.abs(x)));
    }
    if (l2 != 0) {
      sum = tf.math.add(sum, Sums.scaled(tf, l2, tf.math.square(x)));
    }
    return sum;
  }
}
