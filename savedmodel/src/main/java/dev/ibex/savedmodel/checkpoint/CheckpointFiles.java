package dev.ibex.savedmodel.checkpoint;

import dev.ibex.graph.Array;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.TensorBundle;
import dev.ibex.savedmodel.files.AtomicFiles;
import dev.ibex.savedmodel.files.NameLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.tensorflow.ndarray.Shape;

/** Writes a checkpoint's files beside others. */
public final class CheckpointFiles {
  /** The variable in which Python counts checkpoints. */
  private static final String COUNTER = "save_counter";

  private static final Pattern NUMBERED = Pattern.compile("(.*)-(\\d{1,18})\\.index");

  private CheckpointFiles() {}

  /**
   * Writes the files of a prefix; directories around them are made.
   *
   * <p>They are written under another name and take theirs when they are whole and on disk. An
   * index without its data is refused, data without an index is nothing.
   *
   * @param values the variables' values by path
   * @throws UncheckedIOException if they cannot be written
   */
  public static void write(Path prefix, TrackableGraph graph, Map<String, Array> values) {
    Map<String, Array> arrays = new LinkedHashMap<>();
    values.forEach((path, array) -> arrays.put(ObjectPath.key(path), array));
    arrays.put(TrackableGraph.KEY, Array.ofBytes(Shape.scalar(), graph.proto().toByteArray()));
    AtomicFiles.write(
        prefix,
        p -> List.of(BundleIndex.dataFile(p, 0, 1), BundleIndex.file(p)),
        fresh -> TensorBundle.write(fresh, arrays));
  }

  /**
   * Writes the files of the next number behind a prefix, and notes them as their directory's newest
   * checkpoint. Of several writers one after the other does so.
   *
   * @return the prefix with its number
   * @throws dev.ibex.ModelFormatException if the directory's note is damaged; then nothing is
   *     written
   * @throws UncheckedIOException if they cannot be written
   */
  public static Path save(Path prefix, TrackableGraph graph, Map<String, Array> values) {
    Path directory = directory(prefix);
    try {
      Files.createDirectories(directory);
      return NameLock.under(
          directory.resolve(CheckpointState.NAME),
          () -> {
            List<String> before = CheckpointState.kept(directory);
            Path numbered = numbered(prefix, graph, values);
            CheckpointState.of(before, String.valueOf(numbered.getFileName())).write(directory);
            return numbered;
          });
    } catch (IOException e) {
      throw new UncheckedIOException(prefix + ": cannot be written: " + e, e);
    }
  }

  private static Path numbered(Path prefix, TrackableGraph graph, Map<String, Array> values)
      throws IOException {
    long number = next(prefix);
    Path numbered = prefix.resolveSibling(prefix.getFileName() + "-" + number);
    Map<String, Array> all = new LinkedHashMap<>(values);
    if (all.put(COUNTER, Array.of(Shape.scalar(), number)) == null) {
      graph.variable(COUNTER, COUNTER);
    }
    write(numbered, graph, all);
    return numbered;
  }

  /** Returns the directory of a prefix. */
  private static Path directory(Path prefix) {
    return Objects.requireNonNull(prefix.toAbsolutePath().getParent(), "a file has a directory");
  }

  /**
   * Returns the number after the largest that checkpoints {@code PREFIX-N} in the directory have; 1
   * for the first.
   */
  private static long next(Path prefix) throws IOException {
    String name = String.valueOf(prefix.getFileName());
    long largest = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(directory(prefix))) {
      for (Path file : files) {
        largest = Math.max(largest, number(file, name).orElse(0));
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return largest + 1;
  }

  private static OptionalLong number(Path file, String name) {
    Matcher m = NUMBERED.matcher(String.valueOf(file.getFileName()));
    return m.matches() && m.group(1).equals(name)
        ? OptionalLong.of(Long.parseLong(m.group(2)))
        : OptionalLong.empty();
  }
}
