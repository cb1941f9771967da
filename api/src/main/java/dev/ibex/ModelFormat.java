package dev.ibex;

import java.nio.file.Path;

/** A format of model files. Found as a service; stateless. */
public interface ModelFormat {
  /** Returns what files these are, as error texts name them. */
  String description();

  /** Returns whether a file or directory is, by name and first bytes, one of this format. */
  boolean reads(Path path);

  /**
   * Reads a model.
   *
   * @throws ModelFormatException if the file is damaged or asks for something that there is not
   */
  Model read(Path path, LoadOptions options);
}
