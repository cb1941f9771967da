package dev.ibex.core;

import org.jspecify.annotations.Nullable;

/** Axes among the arguments of operations. */
final class Axes {
  private Axes() {}

  /** Returns the axes, or Python's None for all where none are given. */
  static int @Nullable [] orAll(int... axes) {
    return axes.length == 0 ? null : axes;
  }
}
