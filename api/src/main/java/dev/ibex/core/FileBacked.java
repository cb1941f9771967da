package dev.ibex.core;

/**
 * A layer that knows its weights and outputs from a file and not from its config alone. The name of
 * that file in {@link Layer#assets} follows from the config.
 */
public interface FileBacked {
  /**
   * Takes the layer's file from those that lie beside its description; called before the layer is
   * applied.
   *
   * @throws IllegalArgumentException if it is neither there nor where the config says, or damaged
   */
  void open(LayerFiles files);
}
