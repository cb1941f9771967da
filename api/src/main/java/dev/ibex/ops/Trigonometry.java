package dev.ibex.ops;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.core.Promotion;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Functions of angles, and their inverses. */
final class Trigonometry {
  private Trigonometry() {}

  static void add(Rows rows) {
    rows.floating("Sin", (tf, x) -> tf.math.sin(x));
    rows.floating("Cos", (tf, x) -> tf.math.cos(x));
    rows.floating("Tan", (tf, x) -> tf.math.tan(x));
    rows.floating("Sinh", (tf, x) -> tf.math.sinh(x));
    rows.floating("Cosh", (tf, x) -> tf.math.cosh(x));
    rows.floating("Tanh", (tf, x) -> tf.math.tanh(x));
    rows.floating("Arcsin", (tf, x) -> tf.math.asin(x));
    rows.floating("Arccos", (tf, x) -> tf.math.acos(x));
    rows.floating("Arctan", (tf, x) -> tf.math.atan(x));
    rows.floating("Arcsinh", (tf, x) -> tf.math.asinh(x));
    rows.floating("Arccosh", (tf, x) -> tf.math.acosh(x));
    rows.floating("Arctanh", (tf, x) -> tf.math.atanh(x));
    rows.floating("Sinc", Trigonometry::sinc);
    rows.floating("Angle", Trigonometry::angle);
    rows.unary("Deg2rad", Kinds::wide, (tf, x) -> scaled(tf, x, Math.PI, 180));
    rows.unary("Rad2deg", Kinds::wide, (tf, x) -> scaled(tf, x, 180, Math.PI));
    rows.strictBinary(
        "Arctan2(x1, x2)", Promotion::withFraction, (tf, a, b) -> tf.math.atan2(a, b));
    rows.tensorBinary("Hypot(x1, x2)", t -> Kinds.wide(Kinds.numeric(t)), Trigonometry::hypot);
  }

  private static Operand<TNumber> sinc(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> turned = tf.math.mul(x, constant(tf, x, Math.PI));
    Operand<TNumber> ratio = tf.math.div(tf.math.sin(turned), turned);
    return tf.select(tf.math.equal(x, constant(tf, x, 0)), constant(tf, x, 1), ratio);
  }

  /** The angle of a real number: half a turn if it is negative. */
  private static Operand<TNumber> angle(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> zero = tf.zerosLike(x);
    return tf.select(tf.math.less(x, zero), constant(tf, x, Math.PI), zero);
  }

  private static Operand<TNumber> scaled(Ops tf, Operand<TNumber> x, double by, double over) {
    return tf.math.mul(x, tf.math.div(constant(tf, x, by), constant(tf, x, over)));
  }

  /** Squares the ratio of the two, which does not overflow. */
  private static Operand<TNumber> hypot(Ops tf, Operand<TNumber> a, Operand<TNumber> b) {
    Operand<TNumber> large = tf.math.maximum(tf.math.abs(a), tf.math.abs(b));
    Operand<TNumber> small = tf.math.minimum(tf.math.abs(a), tf.math.abs(b));
    Operand<TNumber> ratio = tf.math.divNoNan(small, large);
    return tf.math.mul(
        large, tf.math.sqrt(tf.math.add(constant(tf, ratio, 1), tf.math.square(ratio))));
  }
}
