package dev.ibex.callbacks;

import dev.ibex.core.Callback;
import dev.ibex.core.Check;
import dev.ibex.core.Training;
import dev.ibex.graph.Array;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Writes the figures of each epoch as a row of a table: {@code epoch}, counted from 0, then the
 * keys in the order of the alphabet.
 *
 * <p>The columns are those of the first epoch; where it has no {@code val_…}, each key has such a
 * column, too, and a figure that is not there is {@code NA}. The text is that of {@code
 * keras.callbacks.CSVLogger}, numbers and line ends included. A training that goes on from a backup
 * goes on with the rows that its backup knew of.
 */
public final class CSVLogger implements Callback {
  private final Path file;
  private final char separator;
  private final boolean append;
  private List<String> keys = List.of();
  private boolean headed;
  private long length;

  private CSVLogger(Path file, char separator, boolean append) {
    this.file = file;
    this.separator = separator;
    this.append = append;
  }

  /** Returns a callback that writes a file, in place of one that is there. */
  public static CSVLogger of(Path file) {
    return new CSVLogger(file, ',', false);
  }

  /** Returns a callback that writes a file, in place of one that is there. */
  public static CSVLogger of(String file) {
    return of(Path.of(file));
  }

  /** Sets what stands between two fields; default a comma. */
  public CSVLogger separator(char separator) {
    Check.that(
        separator != '"' && separator != '\n' && separator != '\r',
        "separator: a quote or line end cannot separate fields");
    return new CSVLogger(file, separator, append);
  }

  /** Sets whether rows are added to a file that is there, under its header; default false. */
  public CSVLogger append(boolean on) {
    return new CSVLogger(file, separator, on);
  }

  @Override
  public void onTrainBegin(Training training) {
    Check.that(
        !Files.isDirectory(file),
        "CSVLogger: expected a file to write, got the directory %s",
        file);
    if (Files.exists(file)) {
      Check.that(
          Files.isWritable(file),
          "CSVLogger: the file %s cannot be written; make it writable or choose another",
          file);
    } else {
      Folder.probe("CSVLogger", Optional.ofNullable(file.getParent()).orElse(Path.of("")));
    }
    keys = List.of();
    length = append ? size() : 0;
    headed = length > 0;
  }

  private long size() {
    try {
      return Files.exists(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    StringBuilder text = new StringBuilder();
    if (keys.isEmpty()) {
      keys = columns(logs);
    }
    if (!headed) {
      line(text, "epoch", keys);
      headed = true;
    }
    line(text, String.valueOf(epoch), keys.stream().map(k -> value(logs, k)).toList());
    write(text.toString());
  }

  private static List<String> columns(Map<String, Double> logs) {
    List<String> columns = new ArrayList<>(new TreeSet<>(logs.keySet()));
    if (columns.stream().noneMatch(k -> k.startsWith("val_"))) {
      columns.addAll(columns.stream().map(k -> "val_" + k).toList());
    }
    return columns;
  }

  private static String value(Map<String, Double> logs, String key) {
    Double value = logs.get(key);
    return value == null ? "NA" : PythonNumbers.repr(value);
  }

  private void line(StringBuilder text, String first, List<String> rest) {
    text.append(first);
    rest.forEach(field -> text.append(separator).append(quoted(field)));
    text.append("\r\n");
  }

  private String quoted(String field) {
    boolean plain =
        field.chars().noneMatch(c -> c == separator || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }

  /** Writes behind what is known to be there. */
  private void write(String text) {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(length).position(length);
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      length = channel.position();
    } catch (IOException e) {
      throw new UncheckedIOException("CSVLogger: " + file + " cannot be written: " + e, e);
    }
  }

  @Override
  public Map<String, Array> state() {
    Map<String, Array> state = new State().put("length", (double) length).arrays();
    if (!keys.isEmpty()) {
      state.put("keys", Array.of(keys.toArray(new String[0])));
    }
    return state;
  }

  @Override
  public void restore(Map<String, Array> state) {
    length = Math.min(size(), (long) new State(state).number("length").orElse(0));
    headed = length > 0;
    Array columns = state.get("keys");
    keys = columns == null ? List.of() : List.of(columns.strings());
  }
}
