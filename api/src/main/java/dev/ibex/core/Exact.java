package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;

/**
 * Changes of an element type that lose nothing: floating numbers may be rounded to shorter floating
 * ones, all else must stay as it is.
 */
public final class Exact {
  private Exact() {}

  /**
   * Returns the array in another type.
   *
   * @param what the array, for the text of the error
   * @throws IllegalArgumentException if an element has no counterpart, or text meets numbers
   */
  public static Array cast(String what, Array a, DType to) {
    if (a.dtype() == to) {
      return a;
    }
    Check.that(
        a.dtype() != DType.STRING && to != DType.STRING,
        "%s: expected %s, got %s",
        what,
        to.lowerName(),
        a.dtype().lowerName());
    check(what, a, to);
    return a.cast(to);
  }

  /**
   * Checks that every number has a counterpart in another type.
   *
   * @param what the array, for the text of the error
   * @throws IllegalArgumentException if one has none
   */
  public static void check(String what, Array a, DType to) {
    boolean rounds = a.dtype().isFloating() && to.isFloating();
    boolean wide = a.dtype() == DType.INT64 && !to.isInteger();
    for (int i = 0; i < a.size(); i++) {
      double x = a.number(i);
      boolean kept = rounds ? !(Math.abs(x) > to.largest()) || Double.isInfinite(x) : to.holds(x);
      if (!kept || (wide && (long) x != a.longs()[i])) {
        throw new IllegalArgumentException(
            what
                + ": "
                + (wide ? Long.toString(a.longs()[i]) : Double.toString(x))
                + " has no exact "
                + to.lowerName()
                + " counterpart; convert it yourself if a near one is meant");
      }
    }
  }
}
