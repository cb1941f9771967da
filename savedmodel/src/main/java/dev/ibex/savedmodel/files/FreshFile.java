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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

  /** Returns a name for what belongs to this claim and goes with it. */
  Path beside(String ending) {
    return path.resolveSibling(name(path) + ending);
  }

  /** Returns what writers of a file left beside it that were killed: their claims are gone. */
  static List<Path> left(Path real) throws IOException {
    List<Path> left = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(
            real.resolveSibling(""),
            file ->
                claim(file, real)
                    .filter(claim -> !claim.equals(name(file)))
                    .filter(claim -> !Files.exists(file.resolveSibling(claim)))
                    .isPresent())) {
      files.forEach(left::add);
      return left;
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Returns the name of the claim that something is or belongs to; empty if it is of others. */
  private static Optional<String> claim(Path file, Path real) {
    String name = name(file);
    String start = start(real);
    int end = start.length() + UUID_LENGTH;
    return name.startsWith(start) && name.startsWith(ENDING, end)
        ? Optional.of(name.substring(0, end + ENDING.length()))
        : Optional.empty();
  }

  private static void removeLeft(Path real) {
    DirectoryStream.Filter<Path> left =
        file -> claim(file, real).filter(name(file)::equals).isPresent();
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
