package dev.ibex.core;

/**
 * The options that every layer has, typed so that they can stand anywhere in a chain.
 *
 * @param <L> the layer's own class
 */
public interface Configurable<L extends Layer> {
  /** Returns a new layer with the given name; it must be unique in its model. */
  default L named(String name) {
    return ((Layer) this).with("options", options("name", name));
  }

  /** Returns a new layer that starts out trainable or frozen; default true. */
  default L trainable(boolean on) {
    return ((Layer) this).with("options", options("trainable", on));
  }

  /** Returns a new layer with the given element types; default {@link DTypePolicy#FLOAT32}. */
  default L dtype(DTypePolicy policy) {
    return ((Layer) this).with("options", options("dtype", policy));
  }

  private LayerOptions options(String component, Object value) {
    return Records.with(((Layer) this).options(), component, value);
  }
}
