package dev.ibex.layers;

import dev.ibex.core.Check;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The sizes that transposed convolutions give. */
final class OutputPadding {
  private OutputPadding() {}

  /**
   * Returns one number an axis.
   *
   * @throws IllegalArgumentException if there are more or fewer, or one is negative
   */
  static List<Integer> along(List<Integer> given, int axes) {
    List<Integer> all = Windows.ofEach(given, axes);
    Check.that(
        all.size() == axes && all.stream().allMatch(i -> i >= 0),
        "outputPadding: expected %s, got %s",
        axes == 1 ? "an integer of at least 0" : axes + " integers of at least 0",
        all);
    return all;
  }

  /**
   * Checks the numbers where the layer is applied.
   *
   * @throws dev.ibex.core.ShapeException if a number is none of the paddings that belong to the
   *     steps, or no convolution makes the input out of the output
   */
  static void check(List<Integer> all, Windows w) {
    Check.fits(
        IntStream.range(0, all.size()).allMatch(i -> all.get(i) < w.strides().get(i)),
        "outputPadding: expected less than the strides %s, got %s",
        w.strides(),
        all);
    Check.fits(
        w.padding() == Padding.VALID
            || IntStream.range(0, all.size()).allMatch(i -> w.span(i) % 2 + all.get(i) > 0),
        "outputPadding: expected more than 0 with padding SAME along each axis where a window"
            + " spans an even number of steps, got %s with kernelSize %s; leave it out for"
            + " outputs of the input's size times the strides",
        all,
        w.size());
  }

  /** Returns by how much an axis of an output is longer than the input's size times the step. */
  static int beyond(Windows w, Optional<List<Integer>> padding, int axis) {
    boolean valid = w.padding() == Padding.VALID;
    int span = w.span(axis);
    int step = w.strides().get(axis);
    if (padding.isEmpty()) {
      return valid ? Math.max(span - step, 0) : 0;
    }
    return (valid ? span : span % 2) - step + padding.get().get(axis);
  }
}
