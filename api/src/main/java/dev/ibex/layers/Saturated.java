package dev.ibex.layers;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** A cast of float32 to a type that holds less, or other numbers. */
final class Saturated {
  private Saturated() {}

  /** Emits x in another type: rounded if that is whole, and never beyond its ends. */
  static Operand<TNumber> cast(Ops tf, Operand<TNumber> x, DType to) {
    if (Numbers.dtype(x) == to) {
      return x;
    }
    Operand<TNumber> y = to.isInteger() ? tf.math.rint(x) : x;
    Operand<TNumber> least = Numbers.constant(tf, x, least(to));
    Operand<TNumber> most = Numbers.constant(tf, x, most(to));
    return Numbers.cast(tf, tf.math.minimum(tf.math.maximum(y, least), most), to);
  }

  private static double least(DType to) {
    if (to.isInteger()) {
      return to.holds(-1) ? -Math.scalb(1.0, 8 * to.bytes() - 1) : 0;
    }
    return -most(to);
  }

  /** Returns the largest float32 that the type holds. */
  private static double most(DType to) {
    if (to.isInteger()) {
      double beyond = Math.scalb(1.0, 8 * to.bytes() - (to.holds(-1) ? 1 : 0));
      return (float) (beyond - 1) < beyond ? beyond - 1 : Math.nextDown((float) beyond);
    }
    return Math.min(to.largest(), Float.MAX_VALUE);
  }
}
