package dev.ibex.savedmodel.keras;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Files that Keras wrote: see src/test/python/write_files.py. */
final class Fixtures {
  private Fixtures() {}

  static Path folder() {
    try {
      return Path.of(Objects.requireNonNull(Fixtures.class.getResource("/files")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path file(String name) {
    return folder().resolve(name);
  }

  /** Returns the names of the files that match a pattern such as {@code *.keras}. */
  static List<String> names(String glob) {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .filter(
              f -> folder().getFileSystem().getPathMatcher("glob:" + glob).matches(f.getFileName()))
          .map(f -> f.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a matrix of the values beside a file. */
  static float[][] values(String name, String key) {
    try {
      JsonNode rows = new JsonMapper().readTree(file(name + ".json").toFile()).get(key);
      float[][] values = new float[rows.size()][];
      for (int i = 0; i < values.length; i++) {
        values[i] = new float[rows.get(i).size()];
        for (int j = 0; j < values[i].length; j++) {
          values[i][j] = rows.get(i).get(j).floatValue();
        }
      }
      return values;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
