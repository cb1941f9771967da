package dev.ibex.savedmodel.tool;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where two lists of weights differ.
 *
 * @param lines a text for each weight that differs
 * @param largest the largest absolute difference of two elements, of equal weights too; NaN where a
 *     number stands against NaN
 */
record WeightDifferences(List<String> lines, double largest) {
  /** Compares lists; elements may differ by the tolerance. */
  static WeightDifferences of(List<Weight> a, List<Weight> b, double tolerance) {
    Map<String, Weight> left = Weights.byPath(a);
    Map<String, Weight> right = Weights.byPath(b);
    Set<String> paths = new TreeSet<>(left.keySet());
    paths.addAll(right.keySet());
    List<String> lines = new ArrayList<>();
    double largest = 0;
    for (String path : paths) {
      Weight x = left.get(path);
      Weight y = right.get(path);
      if (x == null || y == null) {
        lines.add(path + (x == null ? ": only in the second" : ": only in the first"));
      } else if (!x.spec().equals(y.spec())) {
        lines.add(path + ": " + x.spec() + " | " + y.spec());
      } else {
        double difference = largest(x.value().get(), y.value().get());
        largest = Math.max(largest, difference); // NaN stays NaN
        if (!(difference <= tolerance)) {
          lines.add(path + ": largest difference " + text(difference));
        }
      }
    }
    return new WeightDifferences(lines, largest);
  }

  /** Returns a difference with the digits that matter. */
  static String text(double difference) {
    return difference == Math.rint(difference) && difference < 1e6
        ? Long.toString((long) difference)
        : String.format(Locale.ROOT, "%.3g", difference);
  }

  /** Returns the largest difference of two elements; a NaN equals a NaN. */
  private static double largest(Array a, Array b) {
    if (a.dtype() == DType.STRING) {
      return Arrays.equals(a.strings(), b.strings()) ? 0 : Double.NaN;
    }
    double largest = 0;
    for (int i = 0; i < a.size(); i++) {
      double x = a.number(i);
      double y = b.number(i);
      boolean same = x == y || (Double.isNaN(x) && Double.isNaN(y));
      largest = Math.max(largest, same ? 0 : Math.abs(x - y));
    }
    return largest;
  }
}
