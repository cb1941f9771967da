package dev.ibex.activations;

import static dev.ibex.graph.Numbers.constant;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.LeakyRelu;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** Functions in pieces. At the joints they take the derivative that Keras's composition has. */
final class Rectifiers {
  private Rectifiers() {}

  static Operand<TNumber> relu(
      Ops tf, Operand<TNumber> x, double slope, double max, double threshold) {
    boolean bounded = max != Double.POSITIVE_INFINITY;
    if (slope != 0 && !bounded && threshold == 0) {
      return leakyRelu(tf, x, slope);
    }
    Operand<TNumber> y;
    if (threshold != 0) {
      y = tf.select(greater(tf, x, threshold), x, tf.zerosLike(x));
    } else if (max == 6) {
      y = tf.nn.relu6(x);
    } else {
      y = tf.nn.relu(x);
    }
    if (bounded && (threshold != 0 || max != 6)) {
      y = clip(tf, y, 0, max);
    }
    if (slope == 0) {
      return y;
    }
    Operand<TNumber> below = tf.math.neg(x);
    if (threshold != 0) {
      below = tf.math.add(below, constant(tf, x, threshold));
    }
    return tf.math.sub(y, tf.math.mul(constant(tf, x, slope), tf.nn.relu(below)));
  }

  static Operand<TNumber> leakyRelu(Ops tf, Operand<TNumber> x, double slope) {
    return tf.nn.leakyRelu(x, LeakyRelu.alpha((float) slope));
  }

  static Operand<TNumber> elu(Ops tf, Operand<TNumber> x, double alpha) {
    Operand<TNumber> y = tf.nn.elu(x);
    return alpha == 1 ? y : tf.select(greater(tf, x, 0), y, tf.math.mul(constant(tf, x, alpha), y));
  }

  static Operand<TNumber> celu(Ops tf, Operand<TNumber> x, double alpha) {
    Operand<TNumber> zero = constant(tf, x, 0);
    Operand<TNumber> a = constant(tf, x, alpha);
    Operand<TNumber> below = tf.math.expm1(tf.math.div(tf.math.minimum(x, zero), a));
    return tf.math.add(tf.math.maximum(x, zero), tf.math.mul(a, below));
  }

  static Operand<TNumber> hardSigmoid(Ops tf, Operand<TNumber> x) {
    return tf.math.div(tf.nn.relu6(tf.math.add(x, constant(tf, x, 3))), constant(tf, x, 6));
  }

  static Operand<TNumber> hardShrink(Ops tf, Operand<TNumber> x, double threshold) {
    return tf.select(greater(tf, tf.math.abs(x), threshold), x, tf.zerosLike(x));
  }

  static Operand<TNumber> softShrink(Ops tf, Operand<TNumber> x, double threshold) {
    Operand<TNumber> t = constant(tf, x, threshold);
    Operand<TNumber> below = tf.select(less(tf, x, -threshold), tf.math.add(x, t), tf.zerosLike(x));
    return tf.select(greater(tf, x, threshold), tf.math.sub(x, t), below);
  }

  static Operand<TNumber> threshold(Ops tf, Operand<TNumber> x, double threshold, double value) {
    return tf.select(greater(tf, x, threshold), x, constant(tf, x, value));
  }

  static Operand<TNumber> sparsePlus(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> middle =
        tf.math.mul(constant(tf, x, 0.25), tf.math.square(tf.math.add(x, constant(tf, x, 1))));
    return tf.select(
        tf.math.lessEqual(x, constant(tf, x, -1)),
        tf.zerosLike(x),
        tf.select(less(tf, x, 1), middle, x));
  }

  static Operand<TNumber> sparseSigmoid(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> one = constant(tf, x, 1);
    Operand<TNumber> middle = tf.math.mul(constant(tf, x, 0.5), tf.math.add(x, one));
    return tf.select(
        tf.math.lessEqual(x, constant(tf, x, -1)),
        constant(tf, x, 0),
        tf.select(tf.math.greaterEqual(x, one), one, middle));
  }

  /** Both bounds pass the derivative on, which the op ClipByValue would not. */
  static Operand<TNumber> clip(Ops tf, Operand<TNumber> x, double low, double high) {
    return tf.math.maximum(tf.math.minimum(x, constant(tf, x, high)), constant(tf, x, low));
  }

  private static Operand<TBool> greater(Ops tf, Operand<TNumber> x, double value) {
    return tf.math.greater(x, constant(tf, x, value));
  }

  private static Operand<TBool> less(Ops tf, Operand<TNumber> x, double value) {
    return tf.math.less(x, constant(tf, x, value));
  }
}
