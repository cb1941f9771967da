package dev.ibex.ops;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.core.Argument;
import dev.ibex.core.OperationCall;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** Functions of the bits of whole numbers. */
final class Bits {
  private Bits() {}

  static void add(Rows rows) {
    for (String name : new String[] {"BitwiseInvert", "BitwiseNot"}) {
      rows.unary(name, Kinds::whole, (tf, x) -> tf.bitwise.invert(x));
    }
    tensors(rows, "BitwiseAnd", (tf, a, b) -> tf.bitwise.bitwiseAnd(a, b));
    tensors(rows, "BitwiseOr", (tf, a, b) -> tf.bitwise.bitwiseOr(a, b));
    tensors(rows, "BitwiseXor", (tf, a, b) -> tf.bitwise.bitwiseXor(a, b));
    for (String name : new String[] {"LeftShift", "BitwiseLeftShift"}) {
      shift(rows, name, (tf, a, b) -> tf.bitwise.leftShift(a, b));
    }
    for (String name : new String[] {"RightShift", "BitwiseRightShift"}) {
      shift(rows, name, (tf, a, b) -> tf.bitwise.rightShift(a, b));
    }
    rows.strictBinary("Gcd(x1, x2)", Kinds::whole, Bits::gcd);
    rows.one(
        "Lcm(x1, x2)",
        c -> Specs.broadcast(c, multiple(c), "x1", "x2"),
        c -> lcm(c.tf(), c.operand("x1", multiple(c)), c.operand("x2", multiple(c))));
  }

  private static void tensors(Rows rows, String name, Rows.Binary f) {
    rows.tensorBinary(name + "(x, y)", Kinds::whole, f);
  }

  /** A whole number of places gives way to the type of x. */
  private static void shift(Rows rows, String name, Rows.Binary f) {
    rows.one(
        name + "(x, y)",
        c -> Specs.broadcast(c, shifted(c), "x", "y"),
        c -> f.of(c.tf(), c.operand("x", shifted(c)), c.operand("y", shifted(c))));
  }

  private static DType shifted(OperationCall c) {
    Specs.tensor(c, "x");
    if (c.argument("y") instanceof Argument.Literal l && l.value() instanceof Long) {
      return Kinds.whole(c.spec("x").dtype());
    }
    Specs.tensor(c, "y");
    return Kinds.whole(Specs.common(c, "x", "y"));
  }

  private static DType multiple(OperationCall c) {
    Kinds.whole(c.spec("x1").dtype());
    Kinds.whole(c.spec("x2").dtype());
    return Specs.common(c, "x1", "x2");
  }

  private static Operand<TNumber> gcd(Ops tf, Operand<TNumber> a, Operand<TNumber> b) {
    DType type = Numbers.dtype(a);
    Operand<TNumber> x = absolute(tf, a);
    Operand<TNumber> y = absolute(tf, b);
    return Numbers.cast(tf, euclid(tf, x, y, steps(type)), type);
  }

  private static Operand<TNumber> absolute(Ops tf, Operand<TNumber> x) {
    DType type = Numbers.dtype(x);
    return Kinds.isUnsigned(type) ? Numbers.cast(tf, x, DType.INT32) : tf.math.abs(x);
  }

  /** Returns how often Euclid divides at most: for two Fibonacci numbers that follow each other. */
  private static int steps(DType type) {
    double golden = (1 + Math.sqrt(5)) / 2;
    return (int) Math.ceil(8 * type.bytes() * Math.log(2) / Math.log(golden)) + 2;
  }

  /** A loop of a fixed number of steps; those after the last are idle. */
  private static Operand<TNumber> euclid(
      Ops tf, Operand<TNumber> a, Operand<TNumber> b, int steps) {
    Operand<TNumber> zero = constant(tf, a, 0);
    Operand<TNumber> x = tf.math.add(a, tf.zerosLike(b));
    Operand<TNumber> y = tf.math.add(b, tf.zerosLike(a));
    for (int i = 0; i < steps; i++) {
      var done = tf.math.equal(y, zero);
      Operand<TNumber> rest = tf.math.floorMod(x, tf.select(done, tf.onesLike(y), y));
      x = tf.select(done, x, y);
      y = tf.select(done, y, rest);
    }
    return x;
  }

  private static Operand<TNumber> lcm(Ops tf, Operand<TNumber> a, Operand<TNumber> b) {
    DType type = Numbers.dtype(a);
    Operand<TNumber> x = absolute(tf, a);
    Operand<TNumber> y = absolute(tf, b);
    Operand<TNumber> divisor = euclid(tf, x, y, steps(type));
    Operand<TNumber> divides = tf.math.maximum(divisor, constant(tf, divisor, 1));
    return Numbers.cast(tf, tf.math.mul(x, tf.math.floorDiv(y, divides)), type);
  }
}
