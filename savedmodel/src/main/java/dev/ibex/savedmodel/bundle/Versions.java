package dev.ibex.savedmodel.bundle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The versions of a model: SavedModels in directories that are named by numbers. */
final class Versions {
  private Versions() {}

  /**
   * Returns the highest number that is there; 0 if there is none.
   *
   * @throws UncheckedIOException if the directory cannot be listed
   */
  static long latest(Path base) {
    if (!Files.isDirectory(base)) {
      return 0;
    }
    try (Stream<Path> all = Files.list(base)) {
      return all.map(p -> String.valueOf(p.getFileName()))
          .filter(n -> n.matches("\\d{1,18}"))
          .mapToLong(Long::parseLong)
          .max()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(base + ": cannot be listed: " + e, e);
    }
  }
}
