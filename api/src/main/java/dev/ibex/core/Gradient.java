package dev.ibex.core;

import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The derivative of the loss with respect to one weight: as a whole, or as contributions to the
 * rows of a table that was only looked up, of which several may be to one row.
 *
 * <p>The two are the same where contributions are added up. They are not where something is done to
 * them first: Keras's optimizers square, and clip by value, each contribution by itself, since
 * TensorFlow hands them {@code IndexedSlices}.
 */
public final class Gradient {
  private final Operand<TNumber> whole;
  private final Optional<Rows> rows;

  private record Rows(Operand<TNumber> values, Operand<TNumber> ids, Operand<TNumber> count) {}

  private Gradient(Operand<TNumber> whole, Optional<Rows> rows) {
    this.whole = whole;
    this.rows = rows;
  }

  /** Returns a derivative as a whole. */
  public static Gradient of(Operand<TNumber> whole) {
    return new Gradient(whole, Optional.empty());
  }

  /**
   * Returns a derivative of contributions to rows.
   *
   * @param values for each lookup the derivatives of what it returned, {@code [ids…, width]}
   * @param ids for each lookup the rows that it returned
   * @param table the table's value
   */
  static Gradient ofRows(
      Ops tf, List<Operand<TNumber>> values, List<Operand<TNumber>> ids, Operand<?> table) {
    long width = table.shape().get(1);
    List<Operand<TNumber>> flat = new ArrayList<>();
    List<Operand<TNumber>> flatIds = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      flat.add(tf.reshape(values.get(i), tf.constant(new long[] {-1, width})));
      Operand<?> id = tf.reshape(ids.get(i), tf.constant(new long[] {-1}));
      flatIds.add(Numbers.cast(tf, id, dev.ibex.graph.DType.INT64));
    }
    Rows rows =
        new Rows(
            flat.size() == 1 ? flat.get(0) : tf.concat(flat, tf.constant(0)),
            flatIds.size() == 1 ? flatIds.get(0) : tf.concat(flatIds, tf.constant(0)),
            Numbers.of(tf.constant(table.shape().get(0))));
    return new Gradient(sum(tf, rows, rows.values), Optional.of(rows));
  }

  private static Operand<TNumber> sum(Ops tf, Rows rows, Operand<TNumber> values) {
    return tf.math.unsortedSegmentSum(values, rows.ids, rows.count);
  }

  /** Returns whether contributions are known by themselves. */
  public boolean byRows() {
    return rows.isPresent();
  }

  /** Returns the derivative as a whole, of the weight's shape. */
  public Operand<TNumber> whole() {
    return whole;
  }

  /** Returns the sum of a function of each contribution; of the whole, where they are not known. */
  public Operand<TNumber> sumOf(Ops tf, UnaryOperator<Operand<TNumber>> f) {
    return rows.map(r -> sum(tf, r, f.apply(r.values))).orElseGet(() -> f.apply(whole));
  }

  /** Returns the derivative with a function applied to each contribution. */
  public Gradient map(Ops tf, UnaryOperator<Operand<TNumber>> f) {
    if (rows.isEmpty()) {
      return of(f.apply(whole));
    }
    Rows mapped = new Rows(f.apply(rows.get().values), rows.get().ids, rows.get().count);
    return new Gradient(sum(tf, mapped, mapped.values), Optional.of(mapped));
  }

  /** Returns the sum of the squares of all contributions. */
  Operand<TNumber> squares(Ops tf) {
    return Weighting.sum(tf, tf.math.square(rows.map(Rows::values).orElse(whole)));
  }
}
