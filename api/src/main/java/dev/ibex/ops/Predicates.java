package dev.ibex.ops;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.core.Argument;
import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Questions about each element; the answers are bools. */
final class Predicates {
  private Predicates() {}

  @FunctionalInterface
  private interface Question {
    Operand<TBool> of(Ops tf, Operand<TNumber> x);
  }

  static void add(Rows rows) {
    ask(rows, "Isfinite", true, (tf, x) -> tf.math.isFinite(x));
    ask(rows, "Isinf", false, (tf, x) -> tf.math.isInf(x));
    ask(rows, "Isnan", false, (tf, x) -> tf.math.isNan(x));
    ask(rows, "Isposinf", false, (tf, x) -> Rounding.infinite(tf, x, 1));
    ask(rows, "Isneginf", false, (tf, x) -> Rounding.infinite(tf, x, -1));
    rows.one("Isreal(x)", c -> answer(c, "x"), c -> c.tf().onesLike(c.bool("x")));
    rows.one("Signbit(x)", c -> answer(c, "x"), Predicates::signbit);
    rows.logic("LogicalXor", (tf, a, b) -> tf.math.notEqual(a, b));
    rows.one(
        "Isclose(x1, x2, rtol=1e-05, atol=1e-08; equal_nan=False)",
        Predicates::compared,
        Predicates::isclose);
    rows.one("IsIn(x1, x2; assume_unique=False, invert=False)", Predicates::found, Predicates::in);
  }

  /** Adds a question that whole numbers and truth values all answer alike. */
  private static void ask(Rows rows, String name, boolean ofWhole, Question q) {
    Function<OperationCall, Operand<TBool>> same =
        c -> ofWhole ? c.tf().onesLike(c.bool("x")) : c.tf().zerosLike(c.bool("x"));
    rows.one(
        name + "(x)",
        c -> answer(c, "x"),
        c -> c.spec("x").dtype().isFloating() ? q.of(c.tf(), c.operand("x")) : same.apply(c));
  }

  private static TensorSpec answer(OperationCall c, String name) {
    return c.spec(name).withDType(DType.BOOL);
  }

  /** -0 and not-a-numbers have signs, too. */
  private static Operand<TBool> signbit(OperationCall c) {
    Ops tf = c.tf();
    DType type = c.spec("x").dtype();
    Operand<TNumber> x = c.operand("x", type == DType.INT64 ? type : DType.INT32);
    if (type.isFloating()) {
      x = Numbers.of(tf.bitcast(c.operand("x", DType.FLOAT32), TInt32.class));
    }
    return tf.math.less(x, constant(tf, x, 0));
  }

  private static TensorSpec compared(OperationCall c) {
    c.number("rtol");
    c.number("atol");
    c.flag("equal_nan");
    Specs.common(c, "x1", "x2");
    return Specs.broadcast(c, DType.BOOL, "x1", "x2");
  }

  private static Operand<TBool> isclose(OperationCall c) {
    Ops tf = c.tf();
    DType type = Specs.common(c, "x1", "x2");
    Operand<TNumber> a = c.operand("x1", type);
    Operand<TNumber> b = c.operand("x2", type);
    if (!type.isFloating()) {
      return tf.math.equal(a, b);
    }
    Operand<TNumber> part = tf.math.mul(constant(tf, b, c.number("rtol")), tf.math.abs(b));
    Operand<TNumber> most = tf.math.add(constant(tf, b, c.number("atol")), part);
    Operand<TBool> close = tf.math.lessEqual(tf.math.abs(tf.math.sub(a, b)), most);
    return c.flag("equal_nan")
        ? tf.math.logicalOr(close, tf.math.logicalAnd(tf.math.isNan(a), tf.math.isNan(b)))
        : close;
  }

  private static TensorSpec found(OperationCall c) {
    c.flag("assume_unique");
    c.flag("invert");
    if (c.argument("x1") instanceof Argument.Literal) {
      throw c.expected("x1", "a tensor or an array");
    }
    Specs.common(c, "x1", "x2");
    return answer(c, "x1");
  }

  /** Compares each element with each of the others; whether those repeat makes no difference. */
  private static Operand<TBool> in(OperationCall c) {
    Ops tf = c.tf();
    DType type = Specs.common(c, "x1", "x2");
    Operand<TNumber> x = c.operand("x1", type);
    Operand<TNumber> column = tf.reshape(x, tf.constant(new int[] {-1, 1}));
    Operand<TNumber> row = tf.reshape(c.operand("x2", type), tf.constant(new int[] {1, -1}));
    Operand<TBool> any = tf.any(tf.math.equal(column, row), tf.constant(1));
    Operand<TBool> found = tf.reshape(any, tf.shape(x));
    return c.flag("invert") ? tf.math.logicalNot(found) : found;
  }
}
