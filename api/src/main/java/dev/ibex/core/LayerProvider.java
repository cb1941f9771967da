package dev.ibex.core;

import java.util.Map;
import java.util.Set;

/** Layers of Keras that come from another artifact than this one. Found as a service. */
public interface LayerProvider {
  /**
   * Returns the layers, as {@link ConfigCodec#register} takes prototypes, each with the JSON names
   * of components that every file must have. They are known by {@link Layer#className} alone.
   */
  Map<Layer, Set<String>> prototypes();
}
