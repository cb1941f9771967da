package dev.ibex.callbacks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Directories that callbacks write to. */
final class Folder {
  private Folder() {}

  /**
   * Creates a directory where there is none, and writes a file into it for a moment.
   *
   * @throws IllegalArgumentException if that fails; the text names the directory
   */
  static void probe(String what, Path directory) {
    try {
      Files.createDirectories(directory);
      Files.delete(Files.createTempFile(directory, ".ibex", ""));
    } catch (IOException e) {
      throw new IllegalArgumentException(
          what
              + ": the directory "
              + directory
              + " cannot be written; make it writable or choose another: "
              + e,
          e);
    }
  }
}
