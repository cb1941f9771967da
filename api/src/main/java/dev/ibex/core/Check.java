package dev.ibex.core;

import java.util.Arrays;
import java.util.Locale;

/** Checks of arguments whose texts begin with the argument's name. */
public final class Check {
  private Check() {}

  /** Returns the value if it is at least 1. */
  public static int positive(String name, int value) {
    that(value > 0, "%s: expected a positive integer, got %d", name, value);
    return value;
  }

  /** Returns the value if it is from 0 to 1. */
  public static double rate(String name, double value) {
    that(value >= 0 && value <= 1, "%s: expected a number from 0 to 1, got %s", name, value);
    return value;
  }

  /** Returns the value if it is at least 0 and below 1, as the decay of a mean must be. */
  public static double decay(String name, double value) {
    that(
        value >= 0 && value < 1,
        "%s: expected a number of at least 0 and below 1, got %s",
        name,
        value);
    return value;
  }

  /** Returns the value if it is finite and at least 0. */
  public static double atLeastZero(String name, double value) {
    that(
        Double.isFinite(value) && value >= 0,
        "%s: expected a number of at least 0, got %s",
        name,
        value);
    return value;
  }

  /**
   * Throws if the condition does not hold.
   *
   * @throws IllegalArgumentException with the formatted text
   */
  public static void that(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new IllegalArgumentException(String.format(Locale.ROOT, format, arguments));
    }
  }

  /**
   * Throws if the condition does not hold where a layer is applied: what options say together, or
   * with an input.
   *
   * @throws ShapeException with the formatted text
   */
  public static void fits(boolean condition, String format, Object... arguments) {
    if (!condition) {
      throw new ShapeException(String.format(Locale.ROOT, format, arguments));
    }
  }

  /**
   * Returns the axis counted from the front.
   *
   * @param axis from {@code -rank} to {@code rank - 1}
   * @throws ShapeException if the axis is outside that range
   */
  public static int axis(String name, int axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new ShapeException(
          String.format(
              Locale.ROOT,
              "%s: expected an axis from %d to %d for an input of rank %d, got %d",
              name,
              -rank,
              rank - 1,
              rank,
              axis));
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** Returns a list of the values, as texts show it. */
  static String list(Object[] values) {
    return String.join(", ", Arrays.stream(values).map(String::valueOf).toList());
  }
}
