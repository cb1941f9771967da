package dev.ibex.ops;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.core.Activation;
import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Powers, roots and logarithms. */
final class Exponents {
  private Exponents() {}

  static void add(Rows rows) {
    rows.floating("Exp2", (tf, x) -> tf.math.pow(constant(tf, x, 2), x));
    rows.floating("Expm1", (tf, x) -> tf.math.expm1(x));
    rows.floating("Log1p", (tf, x) -> tf.math.log1p(x));
    rows.floating("Log2", logarithm(2));
    rows.floating("Log10", logarithm(10));
    rows.activation("Reciprocal(x)", c -> (tf, x) -> tf.math.reciprocal(x));
    rows.unary("Square", Kinds::counted, Exponents::square);
    rows.unary("Cbrt", Kinds::wide, Exponents::cbrt);
    rows.unary("I0", Exponents::bessel, (tf, x) -> tf.math.besselI0(x));
    rows.strictBinary("Logaddexp(x1, x2)", Promotion::withFraction, (tf, a, b) -> sum(tf, a, b, 1));
    rows.strictBinary(
        "Logaddexp2(x1, x2)",
        Promotion::withFraction,
        (tf, a, b) -> sum(tf, a, b, (float) Math.log(2)));
    rows.one("Ldexp(x1, x2)", Exponents::shifted, Exponents::ldexp);
  }

  private static Activation logarithm(double base) {
    return (tf, x) -> tf.math.div(tf.math.log(x), tf.math.log(constant(tf, x, base)));
  }

  private static Operand<TNumber> square(Ops tf, Operand<TNumber> x) {
    DType type = Numbers.dtype(x);
    return Numbers.cast(tf, tf.math.square(Numbers.cast(tf, x, Kinds.signed(type))), type);
  }

  private static Operand<TNumber> cbrt(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> root = tf.math.pow(tf.math.abs(x), constant(tf, x, 1 / 3.0));
    return tf.math.mul(tf.math.sign(x), root);
  }

  private static DType bessel(DType type) {
    Check.that(
        type != DType.BFLOAT16,
        "expected numbers of another type than bfloat16; cast them to float32 first");
    return Kinds.wide(type);
  }

  /**
   * Returns the logarithm of a sum of powers.
   *
   * @param log the natural logarithm of the base; that of 2 is rounded to float32 in each type, as
   *     Keras has it
   */
  private static Operand<TNumber> sum(Ops tf, Operand<TNumber> a, Operand<TNumber> b, double log) {
    Operand<TNumber> apart = tf.math.sub(a, b);
    Operand<TNumber> below = tf.math.neg(tf.math.abs(apart));
    Operand<TNumber> scale = constant(tf, a, log);
    Operand<TNumber> more =
        tf.math.div(tf.math.log1p(tf.math.exp(tf.math.mul(below, scale))), scale);
    return tf.select(
        tf.math.isNan(apart), tf.math.add(a, b), tf.math.add(tf.math.maximum(a, b), more));
  }

  private static TensorSpec shifted(OperationCall c) {
    Check.that(
        c.spec("x2").dtype().isInteger(), "x2: expected whole numbers, got %s", c.spec("x2"));
    DType type = Promotion.withFraction(Specs.common(c, "x1", "x2"));
    return Specs.broadcast(c, type, "x1", "x2");
  }

  private static Operand<TNumber> ldexp(OperationCall c) {
    Ops tf = c.tf();
    DType type = shifted(c).dtype();
    Operand<TNumber> x = c.operand("x1", type);
    Operand<TNumber> power = tf.math.pow(constant(tf, x, 2), c.operand("x2", type));
    var kept = tf.math.logicalOr(tf.math.isInf(x), tf.math.equal(x, constant(tf, x, 0)));
    return tf.select(kept, x, tf.math.mul(x, power));
  }
}
