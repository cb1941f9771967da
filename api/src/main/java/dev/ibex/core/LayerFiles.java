package dev.ibex.core;

import java.util.Optional;

/** The files that lie beside a description of layers; see {@link Layer#assets}. */
@FunctionalInterface
public interface LayerFiles {
  /** No files. */
  LayerFiles NONE = name -> Optional.empty();

  /**
   * Returns the content of the file of a name, of whichever layer it is.
   *
   * @throws IllegalArgumentException if there are several of different content
   */
  Optional<byte[]> find(String name);
}
