package dev.ibex.savedmodel.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Replaces a file in one step: the content goes into a new file beside it, is forced to disk, and
 * takes the old one's name. A process killed at any point leaves the old file whole.
 */
public final class AtomicFile {
  private static final int BUFFER = 1 << 16;

  private AtomicFile() {}

  /** Writes the content of a file. */
  public interface Content {
    /** Writes to a stream that the caller closes. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file; directories around it are made. What killed writers of it left is removed.
   *
   * @throws UncheckedIOException if it cannot be written; then what was there still is, and nothing
   *     else is left
   */
  public static void write(Path target, Content content) {
    try {
      boolean link = Files.isSymbolicLink(target) && Files.exists(target);
      Path real = link ? target.toRealPath() : target.toAbsolutePath();
      Path folder = Objects.requireNonNull(real.getParent(), "a file has a directory");
      Files.createDirectories(folder);
      try (FreshFile fresh = FreshFile.create(real)) {
        fill(fresh.channel(), content);
        Files.move(
            fresh.path(),
            real,
            StandardCopyOption.ATOMIC_MOVE,
            StandardCopyOption.REPLACE_EXISTING);
      }
      forceDirectory(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(target + ": cannot be written: " + e, e);
    }
  }

  private static void fill(FileChannel channel, Content content) throws IOException {
    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
    content.writeTo(out);
    out.flush();
    channel.force(true);
  }

  /** Makes the new name lasting; not every file system lets a directory be forced. */
  static void forceDirectory(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException ignored) {
      // the content is on disk, and either the old or the new name leads to a whole file
    }
  }
}
