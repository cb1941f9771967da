package dev.ibex.savedmodel.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/**
 * Replaces files that belong together and whose names begin alike: new ones are written beside
 * them, are forced to disk, and take the names.
 */
public final class AtomicFiles {
  private static final String CONTENT = ".content";

  private AtomicFiles() {}

  /** Writes the files. */
  public interface Content {
    /** Writes files whose names begin so. */
    void writeTo(Path prefix) throws IOException;
  }

  /**
   * Writes files; directories around them are made. What killed writers of them left is removed.
   *
   * <p>Of several writers one after the other gives its files the names. A process killed while it
   * does so leaves none, or all but the last.
   *
   * @param files gives the files of a prefix; the last one is that without which the others are
   *     nothing
   * @throws UncheckedIOException if they cannot be written
   */
  public static void write(Path prefix, Function<Path, List<Path>> files, Content content) {
    Path real = prefix.toAbsolutePath();
    try {
      Files.createDirectories(Objects.requireNonNull(real.getParent(), "a file has a directory"));
      try (FreshFile claim = FreshFile.create(real)) {
        Path fresh = claim.beside(CONTENT);
        content.writeTo(fresh);
        List<Path> written = files.apply(fresh);
        for (Path file : written) {
          Trees.forceFile(file);
        }
        NameLock.under(real, () -> takeNames(written, files.apply(real)));
      } finally {
        removeLeft(real);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(prefix + ": cannot be written: " + e, e);
    }
  }

  private static Path takeNames(List<Path> from, List<Path> to) throws IOException {
    Path last = to.get(to.size() - 1);
    Path folder = Objects.requireNonNull(last.getParent(), "a file has a directory");
    Files.deleteIfExists(last);
    AtomicFile.forceDirectory(folder);
    for (int i = 0; i < to.size(); i++) {
      Files.move(
          from.get(i),
          to.get(i),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      AtomicFile.forceDirectory(folder);
    }
    return last;
  }

  /** Removes what has no claim any more: of killed writers, and of this one where it failed. */
  private static void removeLeft(Path real) {
    try {
      FreshFile.left(real).forEach(Trees::delete);
    } catch (IOException ignored) {
      // a directory that cannot be listed may still be written to
    }
  }
}
