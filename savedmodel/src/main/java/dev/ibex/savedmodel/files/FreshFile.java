package dev.ibex.savedmodel.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A new file beside the one that it will replace, {@code .model.keras.UUID.tmp}.
 *
 * <p>It is locked while its writer lives, so that other writers of the same file can tell it from
 * what a killed one left. Where the file system has no locks, nothing that was left is removed.
 *
 * @param path the file
 * @param channel open to be written
 */
record FreshFile(Path path, FileChannel channel) implements AutoCloseable {
  private static final String ENDING = ".tmp";
  private static final int UUID_LENGTH = 36;

  /**
   * The names of this process's: to open one and close it again would free its lock, which is the
   * process's.
   */
  private static final Set<String> OWN = ConcurrentHashMap.newKeySet();

  /** Creates a file beside one; what killed writers left there is removed. */
  static FreshFile create(Path real) throws IOException {
    removeLeft(real);
    while (true) {
      // not createTempFile, whose files only their owner may read
      Path path = real.resolveSibling(start(real) + UUID.randomUUID() + ENDING);
      OWN.add(name(path));
      FreshFile fresh = open(path);
      if (fresh.isSafe()) {
        return fresh;
      }
      fresh.close();
    }
  }

  private static FreshFile open(Path path) throws IOException {
    try {
      return new FreshFile(
          path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      OWN.remove(name(path));
      throw e;
    }
  }

  /** Returns whether nobody took the file for one that was left, before it was locked. */
  private boolean isSafe() {
    try {
      return channel.tryLock() != null && Files.exists(path);
    } catch (IOException noLocks) {
      return true;
    }
  }

  private static String name(Path path) {
    return String.valueOf(path.getFileName());
  }

  private static String start(Path real) {
    return "." + real.getFileName() + ".";
  }

  private static void removeLeft(Path real) {
    String start = start(real);
    int length = start.length() + UUID_LENGTH + ENDING.length();
    DirectoryStream.Filter<Path> left =
        file -> {
          String name = name(file);
          return name.startsWith(start) && name.endsWith(ENDING) && name.length() == length;
        };
    try (DirectoryStream<Path> files = Files.newDirectoryStream(real.resolveSibling(""), left)) {
      files.forEach(FreshFile::removeUnlessHeld);
    } catch (IOException | DirectoryIteratorException ignored) {
      // a directory that cannot be listed may still be written to
    }
  }

  /** Files of other users, which cannot be opened, stay. */
  private static void removeUnlessHeld(Path file) {
    if (OWN.contains(name(file)) || !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.tryLock() != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | OverlappingFileLockException ignored) {
      // it is no obstacle
    }
  }

  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(path);
    } finally {
      OWN.remove(name(path));
    }
  }
}
