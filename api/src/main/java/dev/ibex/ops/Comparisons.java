package dev.ibex.ops;

import dev.ibex.graph.DType;

/** Comparisons and logic. */
final class Comparisons {
  private Comparisons() {}

  static void add(Rows rows) {
    rows.comparison("Equal", (tf, a, b) -> tf.math.equal(a, b));
    rows.comparison("NotEqual", (tf, a, b) -> tf.math.notEqual(a, b));
    rows.comparison("Greater", (tf, a, b) -> tf.math.greater(a, b));
    rows.comparison("GreaterEqual", (tf, a, b) -> tf.math.greaterEqual(a, b));
    rows.comparison("Less", (tf, a, b) -> tf.math.less(a, b));
    rows.comparison("LessEqual", (tf, a, b) -> tf.math.lessEqual(a, b));
    rows.logic("LogicalOr", (tf, a, b) -> tf.math.logicalOr(a, b));
    rows.logic("LogicalAnd", (tf, a, b) -> tf.math.logicalAnd(a, b));
    rows.one(
        "LogicalNot(x)",
        c -> c.spec("x").withDType(DType.BOOL),
        c -> c.tf().math.logicalNot(c.bool("x")));
  }
}
