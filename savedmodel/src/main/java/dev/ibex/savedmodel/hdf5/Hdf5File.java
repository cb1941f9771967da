package dev.ibex.savedmodel.hdf5;

import dev.ibex.ModelFormatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A readable HDF5 file.
 *
 * <p>Files may come from anywhere, so nothing in them is believed: every range is checked against
 * the file before memory is taken for it, values take at most about a thousand times the bytes that
 * are stored for them, and circles are found. Links to other places, values in other files and
 * objects with two names are refused. That is why a reader of our own is used and no general
 * library. Not safe for use by several threads. Source: HDF5 File Format Specification 3.0.
 */
public final class Hdf5File implements AutoCloseable {
  static final byte[] SIGNATURE = {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'};
  static final int MAX_DEPTH = 64;

  private final Path file;
  private final String entry;
  private final Source source;
  private final GlobalHeap heap;
  private final Map<Long, String> known = new HashMap<>();
  private final Hdf5Group root;

  private Hdf5File(Path file, String entry, Source source) {
    this.file = file;
    this.entry = entry;
    this.source = source;
    this.heap = new GlobalHeap(source);
    Hdf5Node node = reading("", () -> node("", Superblock.root(source)));
    if (!(node instanceof Hdf5Group group)) {
      throw fail("", "its root is no group", null);
    }
    this.root = group;
  }

  /**
   * Opens a file.
   *
   * @throws ModelFormatException if it is no HDF5 file or cannot be read
   */
  public static Hdf5File open(Path file) {
    return open(file, "", file);
  }

  /**
   * Opens content that was taken out of another file.
   *
   * @param shownFile the file that errors name
   * @param entry the part of it that they name
   * @param actual where the content lies
   * @throws ModelFormatException if it is no HDF5 file or cannot be read
   */
  public static Hdf5File open(Path shownFile, String entry, Path actual) {
    FileChannel channel = null;
    try {
      channel = FileChannel.open(actual);
      return new Hdf5File(shownFile, entry, Source.of(channel));
    } catch (IOException e) {
      close(channel, e);
      throw new ModelFormatException(shownFile, entry, "cannot be read: " + e, e);
    } catch (ModelFormatException e) {
      close(channel, e);
      throw e;
    }
  }

  private static void close(@Nullable FileChannel channel, Exception cause) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  /**
   * Opens content in memory.
   *
   * @param shownFile the file that errors name
   * @param entry the part of it that they name
   * @throws ModelFormatException if it is no HDF5 file
   */
  public static Hdf5File of(Path shownFile, String entry, byte[] content) {
    return new Hdf5File(shownFile, entry, Source.of(content));
  }

  /** Returns whether a file that begins so is meant to be HDF5. */
  public static boolean looksLike(byte[] firstBytes) {
    return firstBytes.length >= SIGNATURE.length
        && Arrays.equals(firstBytes, 0, SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length);
  }

  /** Returns the root. */
  public Hdf5Group root() {
    return root;
  }

  Source source() {
    return source;
  }

  GlobalHeap heap() {
    return heap;
  }

  /**
   * Returns the group or dataset whose header lies at an address.
   *
   * @throws Damage if it is neither, nested too deep, or known by another name
   */
  Hdf5Node node(String path, long address) {
    if (path.chars().filter(c -> c == '/').count() >= MAX_DEPTH) {
      throw new Damage("groups are nested more than " + MAX_DEPTH + " deep");
    }
    String other = known.putIfAbsent(address, path);
    if (other != null) {
      throw new Damage(
          "is the same object as \"" + other + "\"; objects of two names are not read");
    }
    NodeCore core = new NodeCore(this, path, ObjectHeader.read(source, address));
    if (core.header().first(MessageType.LAYOUT).isPresent()) {
      return new Hdf5Dataset(core);
    } else if (core.header().first(MessageType.SYMBOL_TABLE).isPresent()
        || core.header().first(MessageType.LINK_INFO).isPresent()
        || core.header().first(MessageType.LINK).isPresent()) {
      return new Hdf5Group(core);
    }
    throw new Damage("is neither a group nor a dataset, and nothing else is read");
  }

  /** Runs what reads the file, so that whatever goes wrong names the place. */
  <T> T reading(String path, Supplier<T> action) {
    try {
      return action.get();
    } catch (ModelFormatException e) {
      throw e;
    } catch (Damage e) {
      throw fail(path, String.valueOf(e.getMessage()), e);
    } catch (RuntimeException e) {
      throw fail(path, "is damaged: " + e, e);
    } catch (OutOfMemoryError e) {
      throw fail(path, "does not fit into memory; give Java more with -Xmx", e);
    }
  }

  ModelFormatException fail(String path, String text, @Nullable Throwable cause) {
    String place = entry + (entry.isEmpty() || path.isEmpty() ? "" : "/") + path;
    return new ModelFormatException(file, place, text, cause);
  }

  @Override
  public void close() {
    source.close();
  }
}
