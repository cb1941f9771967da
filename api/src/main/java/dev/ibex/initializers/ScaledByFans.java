package dev.ibex.initializers;

import dev.ibex.core.Initializer;
import java.util.List;
import java.util.Optional;

/** An initializer whose numbers depend on how many of them meet an input or an output. */
public interface ScaledByFans extends Initializer {
  /** Returns the weight's axes that meet the input; empty for those of a kernel. */
  Optional<List<Integer>> inputAxes();

  /** Returns the weight's axes that meet the output; empty for those of a kernel. */
  Optional<List<Integer>> outputAxes();

  /** Returns this initializer for a weight with the given axes. */
  ScaledByFans axes(List<Integer> input, List<Integer> output);
}
