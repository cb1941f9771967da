package dev.ibex.savedmodel.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.Values;
import dev.ibex.WeightOptions;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardedWeightsTest {
  private static final String JSON = "shards.weights.json";

  @TempDir Path folder;

  private static Model compiled() {
    return Models.load(Fixtures.file("shards.keras"));
  }

  /** Returns all values, the optimizer's included. */
  private static List<Array> values(Model model) {
    return Stream.of(model.getWeights().values(), Values.of(model.optimizerVariables()))
        .flatMap(c -> c.stream())
        .toList();
  }

  private static void zero(Model model) {
    Map<Variable, Array> zeros = new java.util.LinkedHashMap<>();
    model.optimizerVariables().forEach(v -> zeros.put(v, zeros(v)));
    Values.assign(zeros);
    Map<String, Array> weights = new TreeMap<>(model.getWeights());
    weights.replaceAll((k, a) -> Array.of(a.shape(), new float[a.size()]));
    model.setWeights(weights);
  }

  private static Array zeros(Variable v) {
    return Array.of(v.shape(), new float[(int) v.shape().size()]).cast(v.dtype());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void what_keras_wrote_is_read() {
    try (Model model = compiled()) {
      List<Array> expected = values(model);
      zero(model);
      assertThat(values(model)).isNotEqualTo(expected);
      assertThat(model.loadWeights(Fixtures.file(JSON), WeightOptions.DEFAULT).skipped()).isEmpty();
      assertThat(values(model)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"260, 7", "300, 7", "1000000, 1"})
  void what_is_written_is_read(long maxShardBytes, int count) throws IOException {
    Path json = folder.resolve(JSON);
    try (Model model = compiled()) {
      List<Array> expected = values(model);
      model.saveWeights(json, maxShardBytes);
      assertThat(files()).hasSize(count + 1).contains("shards_00000.weights.h5", JSON);
      zero(model);
      assertThat(model.loadWeights(json, WeightOptions.DEFAULT).skipped()).isEmpty();
      assertThat(values(model)).isEqualTo(expected);
    }
  }

  @Test
  void the_default_is_one_shard() throws IOException {
    try (Model model = compiled()) {
      model.saveWeights(folder.resolve(JSON));
      assertThat(files()).containsExactly(JSON, "shards_00000.weights.h5");
    }
  }

  @Test
  void a_set_takes_the_place_of_the_one_before_without_touching_it() throws IOException {
    Path json = folder.resolve(JSON);
    Files.writeString(folder.resolve("shards_00001.weights.h5"), "somebody's");
    try (Model model = compiled()) {
      model.saveWeights(json, 300);
      List<String> first = files();
      model.saveWeights(json, 300);
      assertThat(files()).isNotEqualTo(first).contains("shards_00000.weights.h5");
      assertThat(files()).hasSize(first.size() + 1);
      model.saveWeights(json, 300);
      assertThat(files()).isEqualTo(first);
    }
    assertThat(folder.resolve("shards_00001.weights.h5")).hasContent("somebody's");
  }

  @Test
  void a_set_of_keras_is_replaced() throws IOException {
    for (String name : Fixtures.names("shards*.{json,h5}")) {
      Files.copy(Fixtures.file(name), folder.resolve(name));
    }
    try (Model model = compiled()) {
      List<Array> expected = values(model);
      model.saveWeights(folder.resolve(JSON));
      assertThat(files())
          .containsExactly(
              "shards.json", JSON, "shards_00000.weights.h5", "shards_00007.weights.h5");
      zero(model);
      model.loadWeights(folder.resolve(JSON));
      assertThat(values(model)).isEqualTo(expected);
    }
  }

  @Test
  void a_weight_larger_than_a_shard_is_refused() throws IOException {
    try (Model model = compiled()) {
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> model.saveWeights(folder.resolve(JSON), 255))
          .withMessageContaining("layers/dense_1/vars/0 takes 256 bytes, more than the 255");
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> model.saveWeights(folder.resolve("a.weights.h5"), 1000))
          .withMessageContaining("*.weights.json, got");
      assertThatExceptionOfType(IllegalArgumentException.class)
          .isThrownBy(() -> model.saveWeights(folder.resolve("checkpoint"), 1000))
          .withMessageContaining("*.weights.json, got");
    }
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../shards_00000.weights.h5",
        "..",
        ".",
        "",
        "/etc/passwd",
        "C:\\\\x.h5",
        "sub/shards_00000.weights.h5",
        "sub\\\\shards_00000.weights.h5",
        "a\\u0000b",
        "absent.weights.h5",
        "sub",
        "text.weights.h5",
        "link.weights.h5",
        "shards_00001.weights.h5"
      })
  void names_that_lead_elsewhere_are_refused(String name) throws IOException {
    Path inner = Files.createDirectory(folder.resolve("inner"));
    for (String file : Fixtures.names("shards*.{json,h5}")) {
      Files.copy(Fixtures.file(file), inner.resolve(file));
      Files.copy(Fixtures.file(file), folder.resolve(file));
    }
    Files.createDirectory(inner.resolve("sub"));
    Files.copy(
        Fixtures.file("shards_00000.weights.h5"), inner.resolve("sub/shards_00000.weights.h5"));
    Files.writeString(inner.resolve("text.weights.h5"), "text");
    Files.createSymbolicLink(
        inner.resolve("link.weights.h5"), folder.resolve("shards_00000.weights.h5"));
    Path json = inner.resolve(JSON);
    Files.writeString(
        json,
        Files.readString(json)
            .replaceFirst(
                "shards_00000.weights.h5", java.util.regex.Matcher.quoteReplacement(name)));
    try (Model model = compiled()) {
      List<Array> before = values(model);
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> model.loadWeights(json))
          .withMessageContaining("inner");
      assertThat(values(model)).isEqualTo(before);
    }
  }

  @Test
  void a_link_beside_the_file_is_followed() throws IOException {
    for (String file : Fixtures.names("shards*.{json,h5}")) {
      Files.copy(Fixtures.file(file), folder.resolve(file));
    }
    Files.move(folder.resolve("shards_00000.weights.h5"), folder.resolve("data"));
    Files.createSymbolicLink(folder.resolve("shards_00000.weights.h5"), Path.of("data"));
    try (Model model = compiled()) {
      assertThat(model.loadWeights(folder.resolve(JSON), WeightOptions.DEFAULT).skipped())
          .isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"weight_map\": []}",
        "{\"weight_map\": {\"/layers/dense/vars\": 7}}",
        "{\"weight_map\": {\"/layers/dense/vars\": [[\"a\"]]}}",
        "{\"weight_map\": {\"/layers/dense/vars\": {\"a\": 1}}}",
        "{\"weight_map\": {\"/a\": \"b\", \"/a\": \"c\"}}",
        "{\"weight_map\": {}} {}",
        "{\"weight_map\": {\"/layers/dense/vars\": []}}"
      })
  void damaged_indices_are_refused(String text) throws IOException {
    Path json = Files.writeString(folder.resolve(JSON), text);
    try (Model model = compiled()) {
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> model.loadWeights(json))
          .withMessageContaining(JSON);
    }
  }
}
