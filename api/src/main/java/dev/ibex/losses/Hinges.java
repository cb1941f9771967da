package dev.ibex.losses;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** What the hinge losses share. */
final class Hinges {
  private Hinges() {}

  /** Returns max(1 - t y, 0); a batch whose targets are all 0 or 1 has them as -1 and 1. */
  static Operand<TNumber> distance(Ops tf, Operand<TNumber> t, Operand<TNumber> y) {
    Operand<TNumber> one = Tensors.number(tf, t, 1);
    Operand<TBool> each =
        tf.math.logicalOr(tf.math.equal(t, tf.zerosLike(t)), tf.math.equal(t, one));
    Operand<TBool> binary = tf.all(tf.reshape(each, tf.constant(new int[] {-1})), tf.constant(0));
    Operand<TNumber> signs = tf.math.sub(Tensors.times(tf, t, 2), one);
    Operand<TNumber> side = tf.select(binary, signs, t);
    return tf.math.maximum(Tensors.rest(tf, tf.math.mul(side, y)), Tensors.number(tf, y, 0));
  }
}
