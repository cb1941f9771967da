package dev.ibex.savedmodel.files;

import dev.ibex.savedmodel.hdf5.Hdf5File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file is by its first bytes. */
public final class Magic {
  private static final int HEAD = 8;

  private Magic() {}

  /** Returns whether a path is a file that begins as a zip does. */
  public static boolean isZip(Path path) {
    byte[] head = head(path);
    return head.length >= 2 && head[0] == 'P' && head[1] == 'K';
  }

  /** Returns whether a path is a file that begins as HDF5 does. */
  public static boolean isHdf5(Path path) {
    return Hdf5File.looksLike(head(path));
  }

  private static byte[] head(Path path) {
    if (!Files.isRegularFile(path)) {
      return new byte[0];
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
