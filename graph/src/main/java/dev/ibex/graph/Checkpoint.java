package dev.ibex.graph;

import dev.ibex.graph.TensorBundle.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.tensorflow.ndarray.Shape;

/**
 * A directory with a TensorFlow checkpoint of named arrays, written by TensorFlow's SaveV2 op.
 *
 * <p>The directory is what TensorFlow's own tools expect: {@code checkpoint} names the current
 * {@code weights-N.index} and {@code weights-N.data-00000-of-00001}. A write makes the next N,
 * forces it to disk and then replaces {@code checkpoint} in one step, so that a process killed at
 * any point leaves the old content whole. One entry more, {@value #CONTENT}, lists the names with
 * their types and shapes.
 */
public final class Checkpoint {
  /** Name of the entry that lists the others. */
  static final String CONTENT = "_ibex/content";

  private static final String STATE = "checkpoint";
  private static final String PREFIX = "weights-";
  private static final Pattern OURS = Pattern.compile(PREFIX + "(\\d{1,18})");
  private static final Pattern PART = Pattern.compile(PREFIX + "\\d{1,18}\\.");
  private static final Pattern CURRENT =
      Pattern.compile("^model_checkpoint_path: \"([^\"]+)\"", Pattern.MULTILINE);

  private Checkpoint() {}

  private static String line(Entry entry) {
    List<Long> dims = LongStream.of(entry.shape().asArray()).boxed().toList();
    return entry.dtype().lowerName() + " " + dims + " " + entry.name();
  }

  private static Entry parse(String line) {
    int open = line.indexOf('[');
    int close = line.indexOf(']');
    String dims = line.substring(open + 1, close).replace(" ", "");
    long[] shape =
        dims.isEmpty()
            ? new long[0]
            : Stream.of(dims.split(",", -1)).mapToLong(Long::parseLong).toArray();
    return new Entry(
        line.substring(close + 2), DType.of(line.substring(0, open - 1)), Shape.of(shape));
  }

  /**
   * Writes the arrays, replacing the directory's current checkpoint in one step.
   *
   * <p>Only files named {@code weights-N.…} are ever deleted.
   *
   * @throws IllegalArgumentException if the directory holds a checkpoint of another form
   * @throws UncheckedIOException if the directory cannot be written; the text names it
   */
  public static void write(Path directory, Map<String, Array> arrays) {
    try {
      Files.createDirectories(directory);
      String current = Files.exists(directory.resolve(STATE)) ? currentPrefix(directory) : "";
      String prefix = PREFIX + next(directory, current);
      List<String> content = new ArrayList<>();
      arrays.forEach((name, a) -> content.add(line(new Entry(name, a.dtype(), a.shape()))));
      Map<String, Array> all = new LinkedHashMap<>(arrays);
      all.put(CONTENT, Array.of(Shape.of(content.size()), content.toArray(new String[0])));
      TensorBundle.write(directory.resolve(prefix), all);
      for (Path file : files(directory, prefix)) {
        force(file);
      }
      Path state = directory.resolve(STATE + ".tmp");
      Files.writeString(
          state,
          "model_checkpoint_path: \""
              + prefix
              + "\"\nall_model_checkpoint_paths: \""
              + prefix
              + "\"\n",
          StandardCharsets.UTF_8);
      force(state);
      Files.move(
          state,
          directory.resolve(STATE),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
      forceDirectory(directory);
      // the last one, and what a process that was killed left of others
      deleteParts(directory, prefix + ".");
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint " + directory + " cannot be written: " + e, e);
    }
  }

  /** Returns the number after that of the current prefix, which must be of our form. */
  private static long next(Path directory, String current) {
    if (current.isEmpty()) {
      return 1;
    }
    Matcher m = OURS.matcher(current);
    if (!m.matches()) {
      throw new IllegalArgumentException(
          "checkpoint "
              + directory
              + ": its file \"checkpoint\" names \""
              + current
              + "\", expected a name like \"weights-1\"; another tool wrote it, so nothing was"
              + " written here; choose another directory");
    }
    return Long.parseLong(m.group(1)) + 1;
  }

  /**
   * Returns the entries of the directory's current checkpoint, in the order they were written.
   *
   * @throws IllegalArgumentException if it is missing, half-written or damaged, or not written here
   */
  public static List<Entry> content(Path directory) {
    Array lines =
        restore(directory, List.of(new Entry(CONTENT, DType.STRING, Shape.scalar()))).get(0);
    return Stream.of(lines.strings()).map(Checkpoint::parse).toList();
  }

  /**
   * Returns the arrays of the directory's current checkpoint.
   *
   * @throws IllegalArgumentException as {@link #content}
   */
  public static Map<String, Array> read(Path directory) {
    List<Entry> entries = content(directory);
    List<Array> values = restore(directory, entries);
    Map<String, Array> arrays = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      arrays.put(entries.get(i).name(), values.get(i));
    }
    return arrays;
  }

  private static List<Array> restore(Path directory, List<Entry> entries) {
    if (entries.isEmpty()) {
      return List.of();
    }
    if (!Files.isRegularFile(directory.resolve(STATE))) {
      throw new IllegalArgumentException(
          "checkpoint "
              + directory
              + ": there is no file \"checkpoint\" in it, so nothing was ever completely written"
              + " there; save the weights again");
    }
    try {
      return TensorBundle.read(directory.resolve(currentPrefix(directory)), entries);
    } catch (NativeException e) {
      throw new IllegalArgumentException(
          "checkpoint "
              + directory
              + " is half-written, damaged or not one of ours; restore it from a copy or save the"
              + " weights again. TensorFlow says: "
              + String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage())
                  .lines()
                  .findFirst()
                  .orElse(""),
          e);
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint " + directory + " cannot be read: " + e, e);
    }
  }

  /** Returns whether a directory holds a checkpoint that was completely written. */
  public static boolean exists(Path directory) {
    return Files.isRegularFile(directory.resolve(STATE));
  }

  /**
   * Deletes the directory's checkpoint with all that unfinished writes left, and the directory if
   * it is then empty. Killed at any point it leaves the checkpoint whole or none.
   *
   * @throws UncheckedIOException if a file cannot be deleted
   */
  public static void delete(Path directory) {
    try {
      Files.deleteIfExists(directory.resolve(STATE));
      forceDirectory(directory);
      Files.deleteIfExists(directory.resolve(STATE + ".tmp"));
      boolean empty;
      deleteParts(directory, "/");
      try (Stream<Path> all = Files.list(directory)) {
        empty = all.findAny().isEmpty();
      }
      if (empty) {
        Files.delete(directory);
      }
    } catch (NoSuchFileException e) {
      // there is none
    } catch (IOException e) {
      throw new UncheckedIOException("checkpoint " + directory + " cannot be deleted: " + e, e);
    }
  }

  /** Deletes the parts of checkpoints whose names do not begin so. */
  private static void deleteParts(Path directory, String kept) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.list(directory)) {
      files = all.toList();
    }
    for (Path file : files) {
      String name = file.getFileName().toString();
      if (PART.matcher(name).lookingAt() && !name.startsWith(kept)) {
        Files.delete(file);
      }
    }
  }

  private static String currentPrefix(Path directory) throws IOException {
    Matcher m = CURRENT.matcher(Files.readString(directory.resolve(STATE), StandardCharsets.UTF_8));
    if (!m.find() || m.group(1).contains("/") || m.group(1).contains("..")) {
      throw new IllegalArgumentException(
          "checkpoint "
              + directory
              + ": its file \"checkpoint\" names no checkpoint of this directory");
    }
    return m.group(1);
  }

  private static List<Path> files(Path directory, String prefix) throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.filter(
              p -> {
                String name = p.getFileName().toString();
                return name.equals(prefix + ".index") || name.startsWith(prefix + ".data-");
              })
          .sorted()
          .toList();
    }
  }

  private static void force(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  /** Makes a rename last through a loss of power, where the system can open a directory. */
  private static void forceDirectory(Path directory) {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // Windows opens no directories; there is no other way to ask
    }
  }
}
