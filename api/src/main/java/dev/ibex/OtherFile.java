package dev.ibex;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what a file is that no format reads, by its first bytes, and what to do with it. */
final class OtherFile {
  private static final int HEAD = 4096;

  /** Where tar archives have their mark. */
  private static final int TAR = 257;

  private OtherFile() {}

  /** Returns what a file or directory is and what to do. */
  static String describe(Path path) {
    return Files.isDirectory(path) ? directory(path) : file(path);
  }

  private static String directory(Path path) {
    if (Files.exists(path.resolve("saved_model.pb"))
        || Files.exists(path.resolve("saved_model.pbtxt"))) {
      return "a SavedModel directory, which holds a graph and not layers; in Python, save the Keras"
          + " model by model.save(\"model.keras\")";
    } else if (Files.exists(path.resolve("checkpoint"))) {
      return "a TensorFlow checkpoint, which holds weights alone; build the model and read them by"
          + " loadWeights";
    }
    return isVersioned(path)
        ? "a directory of versions of a SavedModel; take one of them, such as " + path.resolve("1")
        : "a directory without a config.json, so no model";
  }

  /** Returns whether a directory holds SavedModels that are named by numbers. */
  private static boolean isVersioned(Path path) {
    try (Stream<Path> all = Files.list(path)) {
      return all.filter(p -> String.valueOf(p.getFileName()).matches("\\d+"))
          .anyMatch(p -> Files.exists(p.resolve("saved_model.pb")));
    } catch (IOException e) {
      return false;
    }
  }

  private static String file(Path path) {
    byte[] head = head(path);
    if (head.length == 0) {
      return "an empty file; nothing was saved, or it was cut off: save the model again";
    }
    return packed(head)
        .or(() -> model(head, String.valueOf(path.getFileName())))
        .or(() -> text(head))
        .orElse("a file of no kind that is known");
  }

  /** Returns what holds other files. */
  private static Optional<String> packed(byte[] head) {
    if (starts(head, "PK")) {
      return Optional.of(
          contains(head, "data.pkl")
              ? "a PyTorch file; its model must be rebuilt, and its weights copied, in Keras first"
              : "a zip archive that holds no Keras model: there is no config.json in it");
    } else if (starts(head, "\u001f\u008b")) {
      return Optional.of("a file compressed by gzip; unpack it first");
    } else if (starts(head, "BZh")) {
      return Optional.of("a file compressed by bzip2; unpack it first");
    } else if (starts(head, "7z\u00bc\u00af")) {
      return Optional.of("a 7-Zip archive; unpack it first");
    } else if (head.length >= TAR + 5 && ascii(head, TAR, TAR + 5).equals("ustar")) {
      return Optional.of("a tar archive; unpack it first");
    }
    return Optional.empty();
  }

  /** Returns what holds a model or weights in another form. */
  private static Optional<String> model(byte[] head, String name) {
    if (starts(head, "\u0089HDF\r\n")) {
      return Optional.of(
          "an HDF5 file without a model; one with weights alone is read by loadWeights");
    } else if (head.length >= 8 && ascii(head, 4, 8).equals("TFL3")) {
      return Optional.of(
          "a TensorFlow Lite model, which is for running alone; save the Keras model that it was"
              + " converted from by model.save(\"model.keras\")");
    } else if ((head[0] & 0xff) == 0x80 && head.length > 1 && head[1] >= 2 && head[1] <= 5) {
      return Optional.of(
          "a Python pickle (or a PyTorch file of old), which is code and is never run; in Python,"
              + " save the model by model.save(\"model.keras\")");
    } else if (starts(head, "\u0093NUMPY")) {
      return Optional.of("a NumPy array, not a model");
    } else if (name.endsWith(".safetensors") || isSafetensors(head)) {
      return Optional.of(
          "a safetensors file, which holds weights alone without a model; build the model in Keras,"
              + " load them there and save it by model.save(\"model.keras\")");
    } else if (name.endsWith(".onnx")) {
      return Optional.of(
          "an ONNX model; save the Keras model that it was converted from by"
              + " model.save(\"model.keras\")");
    } else if (name.endsWith(".pb") || name.endsWith(".pbtxt")) {
      return Optional.of(
          "a TensorFlow graph, which holds no layers; in Python, save the Keras model by"
              + " model.save(\"model.keras\")");
    }
    return Optional.empty();
  }

  /** The size of a JSON header, and the header. */
  private static boolean isSafetensors(byte[] head) {
    return head.length > 9 && ascii(head, 4, 9).equals("\0\0\0\0{");
  }

  private static Optional<String> text(byte[] head) {
    String start = ascii(head, 0, head.length).stripLeading();
    if (start.startsWith("{") || start.startsWith("[")) {
      return Optional.of(
          "a JSON file; a model's description is read by Models.fromJson(Files.readString(path))");
    } else if (start.startsWith("version https://git-lfs")) {
      return Optional.of("a pointer of Git LFS in place of the file; fetch it by git lfs pull");
    } else if (start.startsWith("<!") || start.startsWith("<html")) {
      return Optional.of("a web page in place of the file; download the file itself");
    }
    boolean plain = start.chars().allMatch(c -> c >= ' ' || Character.isWhitespace(c));
    return plain ? Optional.of("a text file, not a model") : Optional.empty();
  }

  private static byte[] head(Path path) {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(HEAD);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean starts(byte[] head, String magic) {
    byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
    return head.length >= wanted.length
        && Arrays.equals(Arrays.copyOf(head, wanted.length), wanted);
  }

  private static boolean contains(byte[] head, String text) {
    return ascii(head, 0, head.length).contains(text);
  }

  private static String ascii(byte[] head, int from, int to) {
    return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
  }
}
