package dev.ibex.savedmodel.endpoint;

import dev.ibex.core.TensorSpec;
import java.util.List;

/**
 * A function of a SavedModel that can be called by name: an attribute of its root object, or a
 * signature.
 *
 * @param name the name
 * @param concreteFunctions what it does for inputs of one sort each
 */
public record Endpoint(String name, List<ConcreteFunction> concreteFunctions) {
  /** Copies the list. */
  public Endpoint {
    concreteFunctions = List.copyOf(concreteFunctions);
  }

  /**
   * Returns the first function that takes such inputs.
   *
   * @throws dev.ibex.core.ShapeException if there is none
   */
  public ConcreteFunction concrete(List<TensorSpec> inputs) {
    return concreteFunctions.stream()
        .filter(v -> v.fits(inputs))
        .findFirst()
        .orElseThrow(() -> concreteFunctions.get(0).unfit(inputs));
  }
}
