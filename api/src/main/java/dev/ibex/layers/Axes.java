package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.ShapeException;
import java.util.Arrays;
import java.util.List;

/** Lists of axes that may count from the end. */
final class Axes {
  private Axes() {}

  /**
   * Returns the axes counted from the front, in the given order.
   *
   * @throws ShapeException if there is no such axis, or one is named twice
   */
  static int[] of(String name, List<Integer> axes, int rank) {
    int[] all = axes.stream().mapToInt(a -> Check.axis(name, a, rank)).toArray();
    if (Arrays.stream(all).distinct().count() < all.length) {
      throw new ShapeException(
          name + ": expected each axis once for an input of rank " + rank + ", got " + axes);
    }
    return all;
  }
}
