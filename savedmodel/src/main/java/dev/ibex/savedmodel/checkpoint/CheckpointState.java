package dev.ibex.savedmodel.checkpoint;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.BundleIndex;
import dev.ibex.savedmodel.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file {@code checkpoint} of a directory, in which TensorFlow notes the newest checkpoint there
 * and all that are kept.
 *
 * @param latest the name of the newest one
 * @param all the names of all, oldest first
 */
public record CheckpointState(String latest, List<String> all) {
  /** The name of the file. */
  public static final String NAME = "checkpoint";

  private static final int MAX_BYTES = 1 << 24;

  /** Possessive: a long name must not fill the stack, nor many blank lines take long. */
  private static final Pattern LINE =
      Pattern.compile(
          "^\\h*+(\\w++)\\h*+:\\h*+\"([^\"\\\\\\v]*+(?:\\\\.[^\"\\\\\\v]*+)*+)\"\\h*+$",
          Pattern.MULTILINE);

  /** Copies the list. */
  public CheckpointState {
    all = List.copyOf(all);
  }

  /**
   * Reads a directory's file; empty if there is none.
   *
   * @throws ModelFormatException if it names no checkpoint
   */
  public static Optional<CheckpointState> read(Path directory) {
    Path file = directory.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    String latest = "";
    List<String> all = new ArrayList<>();
    Matcher line = LINE.matcher(text(file));
    while (line.find()) {
      String value = unescaped(line.group(2));
      switch (line.group(1)) {
        case "model_checkpoint_path" -> latest = value;
        case "all_model_checkpoint_paths" -> all.add(value);
        default -> {} // times, which nothing depends on
      }
    }
    if (latest.isEmpty()) {
      throw new ModelFormatException(
          file,
          "",
          "expected a line like model_checkpoint_path: \"ckpt-1\", found none; give the prefix of"
              + " the checkpoint's files instead of the directory",
          null);
    }
    return Optional.of(new CheckpointState(latest, all));
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ModelFormatException(
            file, "", "it has more than " + MAX_BYTES + " bytes and is not read", null);
      }
      return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(file + ": cannot be read: " + e, e);
    }
  }

  /**
   * Returns where the newest checkpoint lies: in the directory, also if it was moved since.
   *
   * @throws ModelFormatException if it is said to lie elsewhere
   */
  public Path latest(Path directory) {
    return resolve(directory, latest)
        .orElseThrow(
            () ->
                new ModelFormatException(
                    directory.resolve(NAME),
                    "",
                    "expected the name of a checkpoint of this directory, found \""
                        + latest
                        + "\"; give the prefix of the checkpoint's files instead of the directory",
                    null));
  }

  private static Optional<Path> resolve(Path directory, String name) {
    try {
      Path path = Path.of(name);
      Path file = path.isAbsolute() ? path.getFileName() : path;
      Path resolved = directory.resolve(file == null ? path : file).normalize();
      if (resolved.startsWith(directory.normalize())) {
        return Optional.of(resolved);
      }
    } catch (InvalidPathException e) {
      // as one that lies elsewhere
    }
    return Optional.empty();
  }

  /** Returns the checkpoints of a directory's file whose files are there; none without it. */
  static List<String> kept(Path directory) {
    return read(directory).map(CheckpointState::all).orElse(List.of()).stream()
        .filter(name -> resolve(directory, name).filter(BundleIndex::exists).isPresent())
        .toList();
  }

  /** Returns a state with a new checkpoint behind others. */
  static CheckpointState of(List<String> before, String latest) {
    List<String> all = new ArrayList<>(before);
    all.remove(latest);
    all.add(latest);
    return new CheckpointState(latest, all);
  }

  /**
   * Returns the prefix that a path means: itself, or that of a directory's newest checkpoint.
   *
   * @throws ModelFormatException if a directory has none
   */
  public static Path prefix(Path path) {
    return Files.isDirectory(path) && !BundleIndex.exists(path)
        ? read(path)
            .map(state -> state.latest(path))
            .orElseThrow(
                () ->
                    new ModelFormatException(
                        path,
                        NAME,
                        "this part is missing, so there is no newest checkpoint; give the prefix of"
                            + " a checkpoint's files, such as \"ckpt-1\" of \"ckpt-1.index\"",
                        null))
        : path;
  }

  /** Replaces the directory's file in one step. */
  void write(Path directory) {
    StringBuilder text = new StringBuilder();
    text.append("model_checkpoint_path: \"").append(escaped(latest)).append("\"\n");
    all.forEach(
        n -> text.append("all_model_checkpoint_paths: \"").append(escaped(n)).append("\"\n"));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    AtomicFile.write(directory.resolve(NAME), out -> out.write(bytes));
  }

  /** Writes bytes beyond ASCII in octal digits, as TensorFlow does. */
  private static String escaped(String name) {
    StringBuilder text = new StringBuilder();
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b == '"' || b == '\\') {
        text.append('\\').append((char) b);
      } else if (b >= ' ' && b < 127) {
        text.append((char) b);
      } else {
        text.append(String.format(Locale.ROOT, "\\%03o", b & 0xff));
      }
    }
    return text.toString();
  }

  private static String unescaped(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] plain = new byte[bytes.length];
    int size = 0;
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] == '\\' && i + 3 < bytes.length && isOctal(bytes, i + 1)) {
        plain[size++] =
            (byte) ((bytes[i + 1] - '0') * 64 + (bytes[i + 2] - '0') * 8 + bytes[i + 3] - '0');
        i += 3;
      } else if (bytes[i] == '\\' && i + 1 < bytes.length) {
        plain[size++] = bytes[++i];
      } else {
        plain[size++] = bytes[i];
      }
    }
    return new String(plain, 0, size, StandardCharsets.UTF_8);
  }

  private static boolean isOctal(byte[] bytes, int from) {
    for (int i = from; i < from + 3; i++) {
      if (bytes[i] < '0' || bytes[i] > '7') {
        return false;
      }
    }
    return true;
  }
}
