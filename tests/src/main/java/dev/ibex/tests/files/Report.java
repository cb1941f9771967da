package dev.ibex.tests.files;

import java.util.List;

/** Counts what is as it should be and prints a line for what is not. */
final class Report {
  private int passed;
  private int failed;

  /** What differs. */
  static final class Difference extends RuntimeException {
    private static final long serialVersionUID = 1;

    Difference(String what, Object expected, Object found) {
      super(what + ": expected " + expected + ", found " + found);
    }
  }

  /** Does a check, which throws what is wrong. */
  @SuppressWarnings("SystemOut")
  void check(String kind, String file, Runnable check) {
    try {
      check.run();
      passed++;
    } catch (RuntimeException e) {
      failed++;
      String why = e instanceof Difference ? e.getMessage() : e.toString();
      System.err.println("FAILED " + kind + " " + file + ": " + why);
    }
  }

  static void same(String what, Object found, Object expected) {
    if (!found.equals(expected)) {
      throw new Difference(what, expected, found);
    }
  }

  /** Compares numbers, relatively where they are above 1. */
  static void close(String what, List<Double> found, List<Double> expected, double tolerance) {
    same("size of " + what, found.size(), expected.size());
    for (int i = 0; i < found.size(); i++) {
      double wanted = expected.get(i);
      double difference = Math.abs(found.get(i) - wanted);
      if (!(difference <= tolerance * Math.max(1, Math.abs(wanted)))) {
        throw new Difference(what + " at " + i, wanted, found.get(i));
      }
    }
  }

  /** Compares the means of numbers that were drawn, within five standard errors. */
  static void alike(String what, List<Double> found, List<Double> expected) {
    double error = Math.sqrt(error(found) + error(expected));
    if (!(Math.abs(mean(found) - mean(expected)) <= 5 * error) || error == 0) {
      throw new Difference("mean " + what + " ± " + error, mean(expected), mean(found));
    }
  }

  private static double mean(List<Double> numbers) {
    return numbers.stream().mapToDouble(d -> d).average().orElse(Double.NaN);
  }

  /** Returns the square of the mean's standard error. */
  private static double error(List<Double> numbers) {
    double mean = mean(numbers);
    double squares = numbers.stream().mapToDouble(d -> (d - mean) * (d - mean)).sum();
    return squares / numbers.size() / (numbers.size() - 1);
  }

  int failed() {
    return failed;
  }

  @Override
  public String toString() {
    return passed + " passed, " + failed + " failed";
  }
}
