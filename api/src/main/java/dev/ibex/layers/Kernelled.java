package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.Records;
import java.util.Collections;
import java.util.List;

/**
 * The components of a record that describes a kernel over windows. A list has one number an axis
 * between batch and channels; a list of one number stands for all axes.
 */
interface Kernelled extends LayerConfig {
  List<Integer> kernelSize();

  List<Integer> strides();

  Padding padding();

  DataFormat dataFormat();

  List<Integer> dilationRate();

  /** Returns a record for so many axes, each with its numbers. */
  static <C extends Record & Kernelled> C along(C given, int axes) {
    C sized = with(given, "kernelSize", given.kernelSize(), axes);
    return with(
        with(sized, "strides", given.strides(), axes), "dilationRate", given.dilationRate(), axes);
  }

  /** Refuses the padding that only {@link Conv1D} has. */
  static void refuseCausal(Padding padding) {
    Check.that(padding != Padding.CAUSAL, "padding: CAUSAL is for Conv1D alone; use VALID or SAME");
  }

  /**
   * Refuses steps between windows together with steps inside them, where the layer is applied.
   *
   * @throws dev.ibex.core.ShapeException if both are above 1
   */
  static void refuseDilatedSteps(Kernelled config) {
    Check.fits(
        Collections.max(config.strides()) == 1 || Collections.max(config.dilationRate()) == 1,
        "dilationRate: only 1 goes with strides above 1, got %s with strides %s",
        config.dilationRate(),
        config.strides());
  }

  private static <C extends Record> C with(C given, String name, List<Integer> sizes, int axes) {
    return Records.with(given, name, Windows.sizes(name, sizes, axes));
  }
}
