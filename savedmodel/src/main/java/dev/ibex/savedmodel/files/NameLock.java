package dev.ibex.savedmodel.files;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The right to change what a name stands for, which one writer has at a time: a locked file {@code
 * .NAME.lock} beside it, which goes with the lock. Where the file system has no locks, the right
 * holds among the threads of this process alone.
 */
public final class NameLock {
  private static final String ENDING = ".lock";
  private static final long WAIT_MILLIS = 5;

  /** To open a file that this process has locked, and close it again, would free its lock. */
  private static final Set<Path> HELD = new HashSet<>();

  private NameLock() {}

  /** What is done under a lock. */
  public interface Action<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /**
   * Waits for the right to a name and does something while no other writer has it. Who takes the
   * rights to several names takes that to the file {@code checkpoint} of a directory first.
   *
   * @param name in a directory that is there; what it stands for need not be
   * @throws IOException that of the action, or if the directory cannot be written to
   */
  public static <T> T under(Path name, Action<T> action) throws IOException {
    Path folder = Objects.requireNonNull(name.toAbsolutePath().getParent(), "a file has a parent");
    Path file = folder.toRealPath().resolve("." + name.getFileName() + ENDING);
    hold(file);
    try {
      FileChannel channel = locked(file);
      try (channel) {
        return actThenDelete(action, file);
      }
    } finally {
      free(file);
    }
  }

  /** Deletes the file while it is locked: who waits for it then knows that it is gone. */
  private static <T> T actThenDelete(Action<T> action, Path file) throws IOException {
    try {
      return action.run();
    } finally {
      Trees.delete(file);
    }
  }

  private static void hold(Path file) throws IOException {
    try {
      synchronized (HELD) {
        while (!HELD.add(file)) {
          HELD.wait();
        }
      }
    } catch (InterruptedException e) {
      throw interrupted(file, e);
    }
  }

  private static void free(Path file) {
    synchronized (HELD) {
      HELD.remove(file);
      HELD.notifyAll();
    }
  }

  private static FileChannel locked(Path file) throws IOException {
    while (true) {
      Optional<FileChannel> channel = tryLocked(file);
      if (channel.isPresent()) {
        return channel.get();
      }
    }
  }

  /** Returns the locked file; empty if the one that was waited for is gone with its lock. */
  private static Optional<FileChannel> tryLocked(Path file) throws IOException {
    try {
      create(file);
      Object identity = identity(file);
      FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
      try {
        await(channel, file);
        if (Objects.equals(identity, identity(file))) {
          return Optional.of(channel);
        }
      } catch (IOException e) {
        channel.close();
        throw e;
      }
      channel.close();
      return Optional.empty();
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static void create(Path file) throws IOException {
    try {
      Files.createFile(file);
    } catch (FileAlreadyExistsException e) {
      // of another writer, or of one that was killed
    }
  }

  /** Some file systems have no identities: there all files are alike. */
  private static Optional<Object> identity(Path file) throws IOException {
    return Optional.ofNullable(
        Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
  }

  /** Asks again and again: who waits in the system may be told of deadlocks that are none. */
  private static void await(FileChannel channel, Path file) throws IOException {
    try {
      while (isTaken(channel)) {
        Thread.sleep(WAIT_MILLIS);
      }
    } catch (InterruptedException e) {
      throw interrupted(file, e);
    }
  }

  private static boolean isTaken(FileChannel channel) {
    try {
      return channel.tryLock() == null;
    } catch (IOException noLocks) {
      return false;
    }
  }

  private static IOException interrupted(Path file, InterruptedException cause) {
    Thread.currentThread().interrupt();
    IOException e = new InterruptedIOException("interrupted while waiting for " + file);
    e.initCause(cause);
    return e;
  }
}
