package dev.ibex;

import java.nio.file.Path;

/** A format of model files. Found as a service; stateless. */
public interface ModelFormat {
  /** Returns what files these are, as error texts name them. */
  String description();

  /** Returns whether a file or directory is, by name and first bytes, one of this format. */
  boolean reads(Path path);

  /** Returns whether files of this name are written in this format; false where none are. */
  boolean writes(Path path);

  /**
   * Reads a model.
   *
   * @throws ModelFormatException if the file is damaged or asks for something that there is not
   */
  Model read(Path path, LoadOptions options);

  /**
   * Writes a model; the target is replaced in one step.
   *
   * @throws dev.ibex.core.ConfigException if a part of the model has no form in files; the text
   *     says where and what to write
   * @throws java.io.UncheckedIOException if it cannot be written; the text names it
   */
  void write(Model model, Path path, SaveOptions options);
}
