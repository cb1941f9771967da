package dev.ibex.savedmodel.endpoint;

import dev.ibex.core.NetworkLayer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import java.util.List;

/**
 * One function of an endpoint, for inputs of certain shapes and types.
 *
 * @param function its name in the library
 * @param inputs its arguments, in the order in which a layer takes its inputs
 * @param outputs what it returns, in order
 * @param captures the numbers of the objects that its further arguments are
 */
public record ConcreteFunction(
    String function, List<Slot> inputs, List<TensorSpec> outputs, List<Integer> captures) {
  /**
   * An argument.
   *
   * @param name what the signature calls it
   * @param argument its place among the function's arguments
   */
  public record Slot(String name, int argument, TensorSpec spec) {
    @Override
    public String toString() {
      return name + " " + (spec.shape().isUnknown() ? spec.dtype().lowerName() : spec.toString());
    }
  }

  /** Copies the lists. */
  public ConcreteFunction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    captures = List.copyOf(captures);
  }

  /** Returns whether it takes inputs of these specs, numbers cast where nothing is lost. */
  boolean fits(List<TensorSpec> given) {
    boolean fits = given.size() == inputs.size();
    for (int i = 0; fits && i < given.size(); i++) {
      fits = fits(given.get(i), inputs.get(i).spec());
    }
    return fits;
  }

  private static boolean fits(TensorSpec given, TensorSpec expected) {
    return castable(given.dtype(), expected.dtype())
        && (expected.shape().isUnknown()
            || given.shape().isUnknown()
            || NetworkLayer.fits(given.shape(), expected.shape()));
  }

  private static boolean castable(DType from, DType to) {
    return from == to
        || (from.isFloating() && to.isFloating())
        || (from.isInteger() && (to.isInteger() || to.isFloating()));
  }

  ShapeException unfit(List<TensorSpec> given) {
    return new ShapeException("expected " + inputs + ", got " + given);
  }
}
