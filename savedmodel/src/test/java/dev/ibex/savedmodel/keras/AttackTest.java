package dev.ibex.savedmodel.keras;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Models;
import dev.ibex.savedmodel.files.Container;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives made to harm are refused soon, in little memory, with a text that says why. */
class AttackTest {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";
  private static final String ABSOLUTE = "an absolute path";
  private static final Path VICTIM = Fixtures.file("victim.keras");

  @TempDir Path folder;

  private void refused(Path file, String... texts) throws Exception {
    try (Judge judge = new Judge()) {
      String text = judge.judge(file.toString(), file, () -> Models.load(file).close());
      assertThat(text).isNotEmpty().contains(texts);
    }
  }

  private static String dense(String changes) {
    return layer("Dense", "\"units\": 2" + (changes.isEmpty() ? "" : ", " + changes));
  }

  private static String layer(String className, String config) {
    return "{\"class_name\": \""
        + className
        + "\", \"module\": \"keras.layers\", \"config\": {"
        + config
        + "}}";
  }

  private static String sequential(String layers) {
    return "{\"class_name\": \"Sequential\", \"module\": \"keras\", \"config\": {\"layers\": ["
        + layer("InputLayer", "\"batch_shape\": [null, 4]")
        + (layers.isEmpty() ? "" : ", " + layers)
        + "]}}";
  }

  private static String digits(int count) {
    return "9".repeat(count);
  }

  static Stream<Arguments> configs() {
    String bytecode = "{\"class_name\": \"__lambda__\", \"config\": {\"code\": \"4wEAAAA=\"}}";
    return Stream.of(
        Arguments.of("no object", "{}", "class_name"),
        Arguments.of("a list", "[]", "expected a layer, got []"),
        Arguments.of("null", "null", "expected a layer, got null"),
        Arguments.of("a text", "\"model\"", "there is no layer named"),
        Arguments.of("nothing", "", "expected a layer, got nothing"),
        Arguments.of("two documents", sequential("") + "{}", "not a JSON document"),
        Arguments.of("deep lists", "[".repeat(100_000), "not a JSON document"),
        Arguments.of("deep objects", "{\"a\":".repeat(100_000), "not a JSON document"),
        Arguments.of(
            "a number of a million digits",
            sequential(layer("Dense", "\"units\": " + digits(1_000_000))),
            "not a JSON document"),
        Arguments.of(
            "a number of 900 digits",
            sequential(layer("Dense", "\"units\": " + digits(900))),
            "units"),
        Arguments.of("1e999", sequential(layer("Dense", "\"units\": 1e999")), "units"),
        Arguments.of("1e999999999", sequential(layer("Dense", "\"units\": 1e999999999")), "units"),
        Arguments.of(
            "a text of 30 million characters",
            sequential(layer("Dense", "\"units\": \"" + "a".repeat(30_000_000) + "\"")),
            "config.json: it unpacks to more than"),
        Arguments.of(
            "a text for a number", sequential(layer("Dense", "\"units\": \"2\"")), "units"),
        Arguments.of(
            "a list for a number", sequential(layer("Dense", "\"units\": [2, 3]")), "units"),
        Arguments.of("NaN units", sequential(layer("Dense", "\"units\": NaN")), "units"),
        Arguments.of("negative units", sequential(layer("Dense", "\"units\": -2")), "units"),
        Arguments.of("unknown dtype", sequential(dense("\"dtype\": \"float31\"")), "float31"),
        Arguments.of(
            "a class of Java", sequential(layer("java.lang.Runtime", "")), "java.lang.Runtime"),
        Arguments.of(
            "a class of Ibex by its name",
            sequential(layer("dev.ibex.layers.Dense", "")),
            "dev.ibex.layers.Dense"),
        Arguments.of(
            "a lambda", sequential(layer("Lambda", "\"function\": " + bytecode)), "Lambda"),
        Arguments.of(
            "a lambda as activation", sequential(dense("\"activation\": " + bytecode)), "lambda"),
        Arguments.of(
            "two billion units",
            sequential(layer("Dense", "\"units\": 2000000000")),
            "(4, 2000000000)"),
        Arguments.of(
            "an embedding of 10^18",
            sequential(layer("Embedding", "\"input_dim\": 1000000000, \"output_dim\": 1000000000")),
            "(1000000000, 1000000000)"),
        Arguments.of(
            "a reshape of 10^18",
            sequential(layer("Reshape", "\"target_shape\": [1000000000, 1000000000]")),
            "config.json at /config/layers: Layer Reshape"),
        Arguments.of(
            "a repeat of 2^31",
            sequential(layer("RepeatVector", "\"n\": 2147483647")),
            "model.weights.h5: the weights do not fit the model"),
        Arguments.of(
            "a padded terabyte",
            sequential(
                layer("Reshape", "\"target_shape\": [2, 2, 1]")
                    + ", "
                    + layer("ZeroPadding2D", "\"padding\": [[0, 2147483647], [0, 2147483647]]")
                    + ", "
                    + layer("Flatten", "")
                    + ", "
                    + layer("Dense", "\"units\": 2147483647")),
            "model.weights.h5: the weights do not fit the model"),
        Arguments.of(
            "a model of many layers",
            sequential(String.join(", ", Collections.nCopies(1500, dense("")))),
            "layers/dense_1499/vars/0"),
        Arguments.of(
            "models in models", nested(200), "not a JSON document: Document nesting depth"));
  }

  private static String nested(int depth) {
    String model = sequential("");
    for (int i = 0; i < depth; i++) {
      model = sequential(model);
    }
    return model;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("configs")
  void bad_configs_are_refused(String what, String config, String text) throws Exception {
    Path file = folder.resolve("bad.keras");
    Zips.edit(VICTIM, file, CONFIG, b -> config.getBytes(UTF_8));
    refused(file, text);
  }

  @Test
  void an_archive_of_a_hundred_thousand_entries_is_read_soon() throws Exception {
    Map<String, byte[]> entries = Zips.entries(VICTIM);
    for (int i = 0; i < 100_000; i++) {
      entries.put("more/" + i, new byte[0]);
    }
    Path file = Files.write(folder.resolve("many.keras"), Zips.zip(entries));
    try (Judge judge = new Judge()) {
      assertThat(judge.judge("many", file, () -> Models.load(file).close())).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("outside")
  void entries_that_lead_out_are_not_written(String name) throws Exception {
    Path inner = Files.createDirectories(folder.resolve("a/b"));
    Map<String, byte[]> entries = Zips.entries(VICTIM);
    String entry = name.equals(ABSOLUTE) ? folder.resolve("bad").toString() : name;
    entries.put(entry, "bad".getBytes(UTF_8));
    Path file = Files.write(inner.resolve("a.keras"), Zips.zip(entries));
    try (Judge judge = new Judge()) {
      judge.judge(name, file, () -> Models.load(file).close());
    }
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).containsExactly(file);
    }
  }

  static Stream<String> outside() {
    return Stream.of("../bad", "assets/../../bad", "assets/layers/../../../bad", ABSOLUTE);
  }

  @Test
  void bombs_are_refused() throws Exception {
    byte[] zeros = new byte[1 << 30];
    Path bomb = Zips.edit(VICTIM, folder.resolve("a.keras"), WEIGHTS, b -> zeros);
    assertThat(bomb).satisfies(b -> assertThat(Files.size(b)).isLessThan(2 << 20));
    refused(bomb, "a.keras!model.weights.h5", "unpacks to more than");
    Path config = Zips.edit(VICTIM, folder.resolve("b.keras"), CONFIG, b -> zeros);
    refused(config, "b.keras!config.json", "unpacks to more than");
  }

  @Test
  void names_that_are_there_twice_are_refused() throws Exception {
    Map<String, byte[]> entries = new LinkedHashMap<>(Zips.entries(VICTIM));
    entries.put("config.jsoN", sequential(dense("")).getBytes(UTF_8));
    byte[] zip = Zips.zip(entries);
    byte[] name = "config.jsoN".getBytes(UTF_8);
    for (int i = 0; i + name.length <= zip.length; i++) {
      if (java.util.Arrays.equals(zip, i, i + name.length, name, 0, name.length)) {
        zip[i + name.length - 1] = 'n';
      }
    }
    refused(Files.write(folder.resolve("a.keras"), zip), "config.json", "twice");
  }

  @Test
  void temporary_files_are_removed() {
    Path part;
    try (Container zip = Container.open(VICTIM)) {
      part = zip.file(WEIGHTS);
      assertThat(part).isNotEmptyFile();
    }
    assertThat(part).doesNotExist();
  }

  @Test
  void weights_are_checked_before_any_is_drawn() throws Exception {
    Path file = folder.resolve("big.keras");
    Zips.edit(
        VICTIM,
        file,
        CONFIG,
        b -> sequential(layer("Dense", "\"units\": 500000000")).getBytes(UTF_8));
    refused(file, "do not fit the model", "(4, 500000000)");
  }
}
