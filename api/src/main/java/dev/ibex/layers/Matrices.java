package dev.ibex.layers;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Products with matrices. */
final class Matrices {
  private Matrices() {}

  /** Returns {@code x · w} along the last axis of x, whose rank is 2 or more. */
  static Operand<TNumber> times(Ops tf, Operand<TNumber> x, Operand<TNumber> w) {
    return times(tf, x, w, y -> y);
  }

  /** As the other, with a function of the product's rows that keeps their size. */
  static Operand<TNumber> times(
      Ops tf, Operand<TNumber> x, Operand<TNumber> w, UnaryOperator<Operand<TNumber>> then) {
    return times(tf, x, w, false, then);
  }

  /** Returns {@code x · wᵀ} along the last axis of x, whose rank is 2 or more. */
  static Operand<TNumber> timesTransposed(Ops tf, Operand<TNumber> x, Operand<TNumber> w) {
    return times(tf, x, w, true, y -> y);
  }

  private static Operand<TNumber> times(
      Ops tf,
      Operand<TNumber> x,
      Operand<TNumber> w,
      boolean transposed,
      UnaryOperator<Operand<TNumber>> then) {
    MatMul.Options how = MatMul.transposeB(transposed);
    int last = x.shape().numDimensions() - 1;
    if (last == 1) {
      return then.apply(tf.linalg.matMul(x, w, how));
    }
    Operand<TNumber> rows = tf.reshape(x, tf.constant(new long[] {-1, x.shape().get(last)}));
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.sizes(tf, x, 0));
    sizes.set(last, Dims.size(tf, w, transposed ? 0 : 1));
    return tf.reshape(then.apply(tf.linalg.matMul(rows, w, how)), Dims.stack(tf, sizes));
  }
}
