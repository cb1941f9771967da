package dev.ibex.savedmodel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.layers.Dense;
import dev.ibex.savedmodel.keras.Zips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no model is named, with what to do. */
class OtherFileTest {
  @TempDir Path folder;

  private static Arguments file(String name, String content, String... texts) {
    return Arguments.of(name, Map.of(name, content), texts);
  }

  private static Arguments folder(String name, String inner, String... texts) {
    return Arguments.of(name, Map.of(name + "/" + inner, "content"), texts);
  }

  static Stream<Arguments> others() {
    return Stream.of(
        folder("saved", "saved_model.pb", "a SavedModel directory", "model.save(\"model.keras\")"),
        folder("saved", "keras_metadata.pb", "no model"),
        folder("check", "checkpoint", "a TensorFlow checkpoint", "loadWeights"),
        folder("plain", "notes.txt", "a directory without a config.json"),
        file("graph.pb", "\n\u0007x", "a TensorFlow graph", "model.save(\"model.keras\")"),
        file("m.tflite", "\u001c\0\0\0TFL3\0\0", "a TensorFlow Lite model", "for running alone"),
        file("m.pkl", "\u0080\u0004\u0095", "a Python pickle", "never run", "model.keras"),
        file("m.pt", torch(), "a PyTorch file", "rebuilt"),
        file("m.keras", torch(), "a PyTorch file", "rebuilt"),
        file("a.npy", "\u0093NUMPY\u0001\0", "a NumPy array, not a model"),
        file("w.safetensors", "\b\0\0\0\0\0\0\0{}      ", "a safetensors file", "weights alone"),
        file("w.bin", "\b\0\0\0\0\0\0\0{\"a\":1}", "a safetensors file", "weights alone"),
        file("m.onnx", "\b\u0007", "an ONNX model"),
        file("m.gz", "\u001f\u008b\b", "compressed by gzip", "unpack it"),
        file("m.bz2", "BZh9", "compressed by bzip2", "unpack it"),
        file("m.7z", "7z\u00bc\u00af'\u001c", "a 7-Zip archive", "unpack it"),
        file("m.tar", "m" + "\0".repeat(256) + "ustar", "a tar archive", "unpack it"),
        file("m.keras", "", "an empty file", "save"),
        file("m.keras", "version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        file("m.keras", "<!DOCTYPE html><html>", "a web page", "download"),
        file("notes.txt", "hello, world\n", "a text file, not a model"),
        file("m.json", "{\"class_name\": \"Sequential\"}", "a JSON file", "Models.fromJson"),
        file("m.json", " [1]", "a JSON file"),
        file("m.yaml", "class_name: Sequential", "a text file"),
        file("what", "\u0000\u0001\u0002", "a file of no kind that is known"),
        file("m.h5", "\u0089HDF\r\n\u001a\n", "m.h5"));
  }

  private static String torch() {
    try {
      return new String(Zips.zip(Map.of("archive/data.pkl", new byte[3])), ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(Map<String, String> files) throws IOException {
    for (Map.Entry<String, String> f : files.entrySet()) {
      Path path = folder.resolve(f.getKey());
      Files.createDirectories(path.getParent());
      Files.write(path, f.getValue().getBytes(ISO_8859_1));
    }
    return folder.resolve(files.keySet().iterator().next().replaceFirst("/.*", ""));
  }

  @ParameterizedTest(name = "{0} {2}")
  @MethodSource("others")
  void what_is_no_model_is_named(String name, Map<String, String> files, String[] texts)
      throws IOException {
    Path path = write(files);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(path))
        .withMessageStartingWith(path.toString())
        .satisfies(e -> assertThat(e.getMessage()).contains(texts));
  }

  static Stream<Arguments> weights() {
    return Stream.of(
        file("a.npy", "\u0093NUMPY\u0001\0", "a NumPy array"),
        file("a.weights.h5", "", "an empty file"),
        file("a.weights.json", "", "a.weights.json"),
        file("a.json", "{}", "a JSON file", "*.weights.h5"),
        file("a.pt", torch(), "a PyTorch file"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("weights")
  void what_holds_no_weights_is_named(String name, Map<String, String> files, String[] texts)
      throws IOException {
    Path path = write(files);
    try (Model model = Sequential.of(Input.of(2), Dense.of(1))) {
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> model.loadWeights(path))
          .withMessageContaining(path.toString())
          .satisfies(e -> assertThat(e.getMessage()).contains(texts));
    }
  }
}
