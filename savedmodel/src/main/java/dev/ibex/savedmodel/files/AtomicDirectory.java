package dev.ibex.savedmodel.files;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Writes a directory as a whole: its files go into a new directory beside it, are forced to disk,
 * and that takes the name. A process killed at any point leaves the old directory or the new one,
 * under its name or, for an instant, beside it.
 */
public final class AtomicDirectory {
  private static final String CONTENT = ".content";
  private static final String FORMER = ".former";

  private final Path shown;
  private final Path real;
  private final Predicate<Path> replaceable;

  private AtomicDirectory(Path shown, Path real, Predicate<Path> replaceable) {
    this.shown = shown;
    this.real = real;
    this.replaceable = replaceable;
  }

  /** Writes the files of a directory. */
  public interface Content {
    /** Writes into a directory that is there and empty. */
    void writeTo(Path directory) throws IOException;
  }

  /** Something has the name that may not be replaced. */
  public static final class TakenException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    TakenException(Path path) {
      super(
          "path: "
              + path
              + " is there already and is no directory that may be replaced; choose another, or"
              + " remove it");
    }
  }

  /**
   * Writes a directory; those around it are made. What killed writers of it left is removed; where
   * one had put the former directory aside and no other came in its place, it gets its name back.
   *
   * @param replaceable whether a directory that is there, and is not empty, may be replaced
   * @throws TakenException if something is there that may not, also if it comes meanwhile
   * @throws UncheckedIOException if it cannot be written; then what was there still is, and nothing
   *     else is left
   */
  public static void write(Path target, Predicate<Path> replaceable, Content content) {
    try {
      Path real = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath().normalize();
      Files.createDirectories(parent(real));
      new AtomicDirectory(target, real, replaceable).write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(target + ": cannot be written: " + e, e);
    }
  }

  private static Path parent(Path real) {
    return Objects.requireNonNull(real.getParent(), "a directory has a parent");
  }

  private void write(Content content) throws IOException {
    try (FreshFile claim = FreshFile.create(real)) {
      NameLock.under(real, this::recover);
      mayStepAside();
      Path fresh = Files.createDirectory(claim.beside(CONTENT));
      Path former = claim.beside(FORMER);
      try {
        content.writeTo(fresh);
        Trees.force(fresh);
        NameLock.under(real, () -> takeName(fresh, former));
        AtomicFile.forceDirectory(parent(real));
        Trees.delete(former);
      } finally {
        Trees.delete(fresh);
      }
    }
  }

  private Path recover() throws IOException {
    for (Path left : FreshFile.left(real)) {
      if (left.toString().endsWith(FORMER) && !isThere()) {
        move(left, real);
      } else {
        Trees.delete(left);
      }
    }
    return real;
  }

  /**
   * Returns whether there is something that steps aside.
   *
   * @throws TakenException if it must not
   */
  private boolean mayStepAside() throws IOException {
    if (!isTaken()) {
      return false;
    } else if (replaceable.test(real)) {
      return true;
    }
    throw new TakenException(shown);
  }

  /**
   * Lets a directory take the name. A rename does not replace a directory that is not empty: where
   * that may be, the former one steps aside, and comes back if the rename fails.
   */
  private Path takeName(Path fresh, Path former) throws IOException {
    boolean aside = mayStepAside();
    if (aside) {
      move(real, former);
    }
    try {
      return move(fresh, real);
    } catch (IOException e) {
      if (aside) {
        giveBack(former, e);
      } else if (isTaken()) {
        throw new TakenException(shown);
      }
      throw e;
    }
  }

  private void giveBack(Path former, IOException reason) {
    try {
      move(former, real);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
  }

  private static Path move(Path from, Path to) throws IOException {
    return Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
  }

  private boolean isThere() {
    return Files.exists(real, LinkOption.NOFOLLOW_LINKS);
  }

  /** Returns whether anything is there but an empty directory. */
  private boolean isTaken() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(real)) {
      return files.iterator().hasNext();
    } catch (NoSuchFileException e) {
      return isThere(); // a link that leads nowhere
    } catch (NotDirectoryException e) {
      return true;
    }
  }
}
