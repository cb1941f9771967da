package dev.ibex.ops;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** The larger or smaller of two, and what is left of a division. */
final class Choices {
  private Choices() {}

  static void add(Rows rows) {
    rows.binary("Maximum", (tf, a, b) -> tf.math.maximum(a, b));
    rows.binary("Minimum", (tf, a, b) -> tf.math.minimum(a, b));
    rows.binary("Fmax", (tf, a, b) -> known(tf, a, b, tf.math.maximum(a, b)));
    rows.binary("Fmin", (tf, a, b) -> known(tf, a, b, tf.math.minimum(a, b)));
    rows.floatingBinary("DivideNoNan", (tf, a, b) -> tf.math.divNoNan(a, b));
    rows.strictBinary("Fmod(x1, x2)", Kinds::counted, Choices::fmod);
    rows.tensorBinary(
        "Heaviside(x1, x2)", t -> Kinds.wide(Kinds.numeric(t)), (tf, a, b) -> heaviside(tf, a, b));
  }

  /** Returns the other operand where one is not a number. */
  private static Operand<TNumber> known(
      Ops tf, Operand<TNumber> a, Operand<TNumber> b, Operand<TNumber> chosen) {
    if (!Numbers.dtype(a).isFloating()) {
      return chosen;
    }
    Operand<TBool> noA = tf.math.isNan(a);
    Operand<TBool> noB = tf.math.isNan(b);
    Operand<TNumber> second =
        tf.select(tf.math.logicalAnd(noA, tf.math.logicalNot(noB)), b, chosen);
    return tf.select(tf.math.logicalAnd(noB, tf.math.logicalNot(noA)), a, second);
  }

  /** The rest has the sign of what is divided. */
  private static Operand<TNumber> fmod(Ops tf, Operand<TNumber> a, Operand<TNumber> b) {
    DType type = Numbers.dtype(a);
    Operand<TNumber> x = Numbers.cast(tf, a, Kinds.signed(type));
    Operand<TNumber> by = tf.math.abs(Numbers.cast(tf, b, Kinds.signed(type)));
    Operand<TNumber> rest = tf.math.floorMod(tf.math.abs(x), by);
    return Numbers.cast(tf, tf.math.mul(tf.math.sign(x), rest), type);
  }

  private static Operand<TNumber> heaviside(Ops tf, Operand<TNumber> x, Operand<TNumber> atZero) {
    Operand<TNumber> zero = constant(tf, x, 0);
    Operand<TNumber> upper = tf.select(tf.math.greater(x, zero), constant(tf, x, 1), atZero);
    return tf.select(tf.math.less(x, zero), zero, upper);
  }
}
