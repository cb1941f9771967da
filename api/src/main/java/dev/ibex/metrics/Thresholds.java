package dev.ibex.metrics;

import dev.ibex.core.Check;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Lists of thresholds between 0 and 1. */
final class Thresholds {
  private Thresholds() {}

  /** Returns the list of some thresholds. */
  static Optional<List<Double>> of(double... thresholds) {
    return Optional.of(Arrays.stream(thresholds).boxed().toList());
  }

  /** Checks thresholds that a user chose. */
  static void check(Optional<List<Double>> thresholds) {
    thresholds.ifPresent(
        all ->
            Check.that(
                !all.isEmpty() && all.stream().allMatch(t -> t >= 0 && t <= 1),
                "thresholds: expected one or more numbers from 0 to 1, got %s",
                all));
  }

  /** Returns n thresholds from {@code first} to {@code last} with equal steps of 1 / (n - 1). */
  static List<Double> spaced(int n, double first, double last) {
    List<Double> all = new ArrayList<>();
    all.add(first);
    for (int i = 1; i < n - 1; i++) {
      all.add(i / (n - 1.0));
    }
    all.add(last);
    return all;
  }

  /** Returns whether three or more thresholds are 0 to 1 in equal steps, but for rounding. */
  static boolean even(List<Double> thresholds) {
    int n = thresholds.size();
    for (int i = 0; i < n; i++) {
      double step = (float) (i / (n - 1.0));
      if (!(Math.abs(thresholds.get(i) - step) <= 1e-7 + 1e-5 * step)) {
        return false;
      }
    }
    return n >= 3;
  }
}
