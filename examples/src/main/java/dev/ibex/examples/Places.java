package dev.ibex.examples;

import java.io.FileNotFoundException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where examples read and write: the folder {@code examples} below the working directory, or the
 * working directory itself, or the folder that the system property {@code ibex.examples} names.
 */
final class Places {
  private Places() {}

  /** Returns a file of {@code data}. */
  static Path data(String name) {
    Path file = root().resolve("data").resolve(name);
    if (!Files.exists(file)) {
      throw new UncheckedIOException(
          new FileNotFoundException(
              file.toAbsolutePath()
                  + " is not there; run from the repository, or set -Dibex.examples=…/examples"));
    }
    return file;
  }

  /** Returns a folder for what an example makes; it may not exist yet. */
  static Path output(String name) {
    return root().resolve("target").resolve(name);
  }

  private static Path root() {
    String property = System.getProperty("ibex.examples", "");
    if (!property.isEmpty()) {
      return Path.of(property);
    }
    Path below = Path.of("examples");
    return Files.isDirectory(below.resolve("data")) ? below : Path.of("");
  }
}
