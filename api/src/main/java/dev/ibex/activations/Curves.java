package dev.ibex.activations;

import static dev.ibex.graph.Numbers.constant;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Smooth functions, element by element. */
final class Curves {
  private Curves() {}

  static Operand<TNumber> gelu(Ops tf, Operand<TNumber> x, boolean approximate) {
    Operand<TNumber> one = constant(tf, x, 1);
    Operand<TNumber> half = tf.math.mul(constant(tf, x, 0.5), x);
    if (!approximate) {
      return tf.math.mul(
          half, tf.math.add(one, tf.math.erf(tf.math.div(x, constant(tf, x, Math.sqrt(2))))));
    }
    Operand<TNumber> cubic =
        tf.math.mul(constant(tf, x, 0.044715), tf.math.mul(x, tf.math.square(x)));
    Operand<TNumber> inner =
        tf.math.mul(constant(tf, x, Math.sqrt(2 / Math.PI)), tf.math.add(x, cubic));
    return tf.math.mul(half, tf.math.add(one, tf.math.tanh(inner)));
  }

  static Operand<TNumber> squareplus(Ops tf, Operand<TNumber> x, double b) {
    Operand<TNumber> root = tf.math.sqrt(tf.math.add(tf.math.square(x), constant(tf, x, b)));
    return tf.math.div(tf.math.add(x, root), constant(tf, x, 2));
  }

  static Operand<TNumber> silu(Ops tf, Operand<TNumber> x) {
    return tf.math.mul(x, tf.math.sigmoid(x));
  }

  static Operand<TNumber> mish(Ops tf, Operand<TNumber> x) {
    return tf.math.mul(x, tf.math.tanh(tf.math.softplus(x)));
  }

  static Operand<TNumber> logSigmoid(Ops tf, Operand<TNumber> x) {
    return tf.math.neg(tf.math.softplus(tf.math.neg(x)));
  }
}
