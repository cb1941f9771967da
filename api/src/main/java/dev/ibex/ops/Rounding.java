package dev.ibex.ops;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** Numbers near those given: rounded, limited, without what is not finite. */
final class Rounding {
  private Rounding() {}

  static void add(Rows rows) {
    rows.floating("Ceil", (tf, x) -> tf.math.ceil(x));
    rows.floating("Floor", (tf, x) -> tf.math.floor(x));
    rows.floating("Fabs", (tf, x) -> tf.math.abs(x));
    rows.unary("Sign", Kinds::numeric, Rounding::sign);
    rows.unary("Trunc", t -> t, Rounding::trunc);
    rows.one("Round(x; decimals=0)", Rounding::rounded, Rounding::round);
    rows.one("Clip(x; x_min, x_max)", Rounding::clipped, Rounding::clip);
    rows.one("NanToNum(x; nan=0.0, posinf=None, neginf=None)", Rounding::finite, Rounding::replace);
    rows.one("Nextafter(x1, x2)", Rounding::next, Rounding::nextafter);
  }

  private static Operand<TNumber> sign(Ops tf, Operand<TNumber> x) {
    DType type = Numbers.dtype(x);
    return Numbers.cast(tf, tf.math.sign(Numbers.cast(tf, x, Kinds.signed(type))), type);
  }

  private static Operand<TNumber> trunc(Ops tf, Operand<TNumber> x) {
    return Numbers.dtype(x).isFloating()
        ? tf.select(tf.math.less(x, constant(tf, x, 0)), tf.math.ceil(x), tf.math.floor(x))
        : x;
  }

  private static TensorSpec rounded(OperationCall c) {
    c.integer("decimals");
    return Specs.numeric(c.spec("x"));
  }

  /** Halves go to the even neighbour. */
  private static Operand<TNumber> round(OperationCall c) {
    Ops tf = c.tf();
    DType type = c.spec("x").dtype();
    int decimals = c.integer("decimals");
    if (!type.isFloating() && decimals >= 0) {
      return c.operand("x");
    }
    Operand<TNumber> x = c.operand("x", type.isFloating() ? type : DType.FLOAT32);
    if (decimals == 0) {
      return tf.math.round(x);
    }
    Operand<TNumber> factor = constant(tf, x, Math.pow(10, decimals));
    Operand<TNumber> rounded = tf.math.round(tf.math.mul(x, factor));
    return Numbers.cast(tf, tf.math.div(rounded, factor), type);
  }

  private static TensorSpec clipped(OperationCall c) {
    DType type = Kinds.counted(c.spec("x").dtype());
    for (String bound : new String[] {"x_min", "x_max"}) {
      if (!type.isFloating() && c.number(bound) % 1 != 0) {
        throw c.expected(bound, "a whole number for " + type.lowerName());
      }
    }
    return c.spec("x").withDType(type);
  }

  private static Operand<TNumber> clip(OperationCall c) {
    DType type = clipped(c).dtype();
    Operand<TNumber> x = c.operand("x", type);
    return limited(c.tf(), x, c.number("x_min"), c.number("x_max"));
  }

  /** Both limits pass the derivative on. */
  static Operand<TNumber> limited(Ops tf, Operand<TNumber> x, double least, double most) {
    return tf.math.maximum(tf.math.minimum(x, constant(tf, x, most)), constant(tf, x, least));
  }

  private static TensorSpec finite(OperationCall c) {
    c.number("nan");
    limit(c, "posinf", 1);
    limit(c, "neginf", -1);
    return c.spec("x");
  }

  /** Returns what stands for an infinity: by default the finite number next to it. */
  private static double limit(OperationCall c, String name, int sign) {
    return c.isNone(name) ? sign * c.spec("x").dtype().largest() : c.number(name);
  }

  private static Operand<TNumber> replace(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    if (!Numbers.dtype(x).isFloating()) {
      return x;
    }
    Operand<TNumber> known = chosen(tf, tf.math.isNan(x), x, c.number("nan"));
    Operand<TNumber> above = chosen(tf, infinite(tf, known, 1), known, limit(c, "posinf", 1));
    return chosen(tf, infinite(tf, above, -1), above, limit(c, "neginf", -1));
  }

  private static Operand<TNumber> chosen(
      Ops tf, Operand<TBool> where, Operand<TNumber> x, double value) {
    return tf.select(where, constant(tf, x, value), x);
  }

  /** Returns which elements are the infinity of a sign. */
  static Operand<TBool> infinite(Ops tf, Operand<TNumber> x, int sign) {
    return tf.math.equal(x, constant(tf, x, sign * Double.POSITIVE_INFINITY));
  }

  private static TensorSpec next(OperationCall c) {
    DType type = Promotion.withFraction(Specs.common(c, "x1", "x2"));
    return Specs.broadcast(c, type, "x1", "x2");
  }

  /** The step is one of float64 whatever the type, as in Keras: float32 rounds it away. */
  private static Operand<TNumber> nextafter(OperationCall c) {
    Operand<TNumber> from = c.operand("x1", DType.FLOAT64);
    Operand<TNumber> to = c.operand("x2", DType.FLOAT64);
    return Numbers.cast(c.tf(), c.tf().math.nextAfter(from, to), next(c).dtype());
  }
}
