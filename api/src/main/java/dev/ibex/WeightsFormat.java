package dev.ibex;

import java.nio.file.Path;

/** A format of files that hold weights alone. Found as a service; stateless. */
public interface WeightsFormat {
  /** Returns what files these are, as error texts name them. */
  String description();

  /** Returns whether a file or directory is, by name and first bytes, one of this format. */
  boolean reads(Path path);

  /** Returns whether files of this name are written in this format. */
  boolean writes(Path path);

  /**
   * Stores the weights of a file into a model.
   *
   * @throws ModelFormatException if the file is damaged, or its weights do not fit and the options
   *     do not allow that; the text has the lists of both sides; then none is stored
   */
  WeightReport read(Model model, Path path, WeightOptions options);

  /**
   * Writes all weights; the target is replaced in one step.
   *
   * @throws java.io.UncheckedIOException if it cannot be written; the text names it
   */
  void write(Model model, Path path);

  /**
   * Writes all weights in several files.
   *
   * @param maxShardBytes how many bytes the weights of one file may take
   * @throws IllegalArgumentException if files of this name are not written so, or if one weight
   *     takes more
   * @throws java.io.UncheckedIOException if one cannot be written; the text names it
   */
  default void write(Model model, Path path, long maxShardBytes) {
    throw new IllegalArgumentException(
        "path: files of several are named *.weights.json, got " + path);
  }
}
