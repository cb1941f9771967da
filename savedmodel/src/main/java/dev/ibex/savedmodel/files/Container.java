package dev.ibex.savedmodel.files;

import dev.ibex.ModelFormatException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;

/** The named parts that a model was saved in: entries of a zip, or files of a directory. */
public interface Container extends AutoCloseable {
  /**
   * Opens a zip or a directory.
   *
   * @throws ModelFormatException if it is neither
   */
  static Container open(Path path) {
    return Files.isDirectory(path) ? FolderContainer.open(path) : zip(path, "", path);
  }

  /**
   * Opens a zip that was taken out of another file.
   *
   * @param shownFile the file that errors name
   * @param part the part of it that they name
   * @param actual where the zip lies
   * @throws ModelFormatException if it is none
   */
  static Container zip(Path shownFile, String part, Path actual) {
    return ZipContainer.open(
        shownFile, part, actual, Path.of(System.getProperty("java.io.tmpdir")));
  }

  /** Returns the zip or directory. */
  Path path();

  /** Returns the names of the parts, with {@code /} between folders. */
  SortedSet<String> names();

  /**
   * Returns the content of a part that is small, such as a description.
   *
   * @throws ModelFormatException if there is none, or it is larger than any description
   */
  byte[] bytes(String name);

  /**
   * Returns a file with the content of a part of any size; it lasts until this is closed.
   *
   * @throws ModelFormatException if there is none, or it unpacks to more than is sane
   * @throws java.io.UncheckedIOException if there is no room for it; the text says where
   */
  Path file(String name);

  @Override
  void close();
}
