package dev.ibex.savedmodel.keras;

import dev.ibex.ModelFormatException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** The entries of a zip by name; their sizes are limited by what the file can back. */
final class Archive implements AutoCloseable {
  /** No honest archive shrinks weights or JSON more than this. */
  private static final long MAX_RATIO = 1000;

  private static final int MAX_BYTES = Integer.MAX_VALUE - 16;

  private final Path path;
  private final ZipFile zip;

  private Archive(Path path, ZipFile zip) {
    this.path = path;
    this.zip = zip;
  }

  /**
   * Opens an archive.
   *
   * @throws ModelFormatException if it is no zip
   */
  static Archive open(Path path) {
    try {
      return new Archive(path, new ZipFile(path.toFile()));
    } catch (ZipException e) {
      throw new ModelFormatException(path, "", "not a zip archive: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the content of an entry.
   *
   * @throws ModelFormatException if there is none, or it unpacks to more than is sane
   */
  byte[] entry(String name) {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null || entry.isDirectory()) {
      throw new ModelFormatException(
          path,
          name,
          "this part is missing; a .keras file of Keras 3 has it, a file of Keras 2 does not",
          null);
    }
    long limit = Math.min(MAX_BYTES, Math.max(1, entry.getCompressedSize()) * MAX_RATIO);
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] content = in.readNBytes((int) limit);
      if (in.read() >= 0) {
        throw new ModelFormatException(
            path, name, "it unpacks to more than " + limit + " bytes and is not read", null);
      }
      return content;
    } catch (IOException e) {
      throw new ModelFormatException(path, name, "damaged: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
