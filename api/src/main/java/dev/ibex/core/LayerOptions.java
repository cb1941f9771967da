package dev.ibex.core;

/**
 * What every layer can be given: a name, whether it trains, and its element types.
 *
 * @param name the layer's name; empty where the model is to choose one
 * @param trainable whether the layer starts out trainable; default true
 * @param dtype the dtype policy; default float32
 */
public record LayerOptions(String name, boolean trainable, DTypePolicy dtype) {
  /** No name, trainable, float32. */
  public static final LayerOptions DEFAULT = new LayerOptions("", true, DTypePolicy.FLOAT32);

  /** Checks the name. */
  public LayerOptions {
    Check.that(!name.contains("/"), "name: \"/\" separates the parts of a path, got \"%s\"", name);
  }
}
