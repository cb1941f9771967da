package dev.ibex.savedmodel.checkpoint;

import dev.ibex.Sequential;
import dev.ibex.core.Layer;
import dev.ibex.core.NetworkLayer;
import dev.ibex.layers.Normalization;
import java.util.ArrayList;
import java.util.List;

/**
 * What the attributes of Keras's Python objects are called: the edges of their checkpoints. Of
 * several names the first is the one that is in use for most.
 */
final class ModelEdges {
  /** A model's optimizer, and a checkpoint's. */
  static final String OPTIMIZER = "optimizer";

  /** An optimizer's state. */
  static final String VARIABLES = "_variables";

  /** The weights that an optimizer changes. */
  static final String TRAINED = "_trainable_variables";

  /** What a scaling optimizer has inside. */
  static final String INNER = "inner_optimizer";

  private static final String OPERATIONS = "_operations";
  private static final String FUNCTIONAL = "_functional/" + OPERATIONS;

  private ModelEdges() {}

  /** Returns the paths from a model to the list of its layers. */
  static List<String> layers(NetworkLayer model) {
    return model instanceof Sequential
        ? List.of(FUNCTIONAL, OPERATIONS, "_layers")
        : List.of(OPERATIONS, FUNCTIONAL, "_layers");
  }

  /** Returns the names of a layer's own weight, such as {@code kernel} and {@code _kernel}. */
  static List<String> weight(Layer layer, String name) {
    List<String> names = new ArrayList<>(hidden(name));
    if (layer instanceof Normalization) {
      names.add(0, "adapt_" + name);
    }
    return names;
  }

  /** Returns the names of a layer inside another one that is no model. */
  static List<String> child(Layer layer, Layer child) {
    return hidden(layer.nameOf(child));
  }

  /** An attribute that users are not meant to set begins with an underscore. */
  private static List<String> hidden(String name) {
    return name.startsWith("_") ? List.of(name, name.substring(1)) : List.of(name, "_" + name);
  }
}
