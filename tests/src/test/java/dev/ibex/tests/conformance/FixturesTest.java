package dev.ibex.tests.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Archives of real Keras, kept for ever: they must open with every later release. */
class FixturesTest {
  private static final Path FIXTURES = Path.of("src/test/resources/keras/3.15.1");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "architectures/shared_layer",
        "core/Embedding_mask_zero_through_pooling",
        "preprocessing/Normalization_adapted",
        "recurrent/TimeDistributed_batch_norm"
      })
  void predicts_as_keras_does(String name) throws IOException {
    ModelCases.predict(new Case(FIXTURES.resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"train_fit/sample_weight", "train_optimizers/adam_resumed"})
  void trains_on_as_keras_does(String name) throws IOException {
    ModelCases.train(new Case(FIXTURES.resolve(name)));
  }

  @Test
  void the_optimizers_state_is_restored() {
    Path file = FIXTURES.resolve("train_optimizers/adam_resumed/model.keras");
    try (Model model = Models.load(file)) {
      assertThat(model.optimizerVariables().get(0).value().longs()[0]).isPositive();
    }
    try (Model model = Models.load(file, LoadOptions.DEFAULT.compile(false))) {
      assertThat(model.isCompiled()).isFalse();
    }
  }

  // ---- damaged ----------------------------------------------------------------------------

  /** Returns a copy of an archive with one part changed; a null part is left out. */
  private Path changed(String part, UnaryOperator<byte[]> change) throws IOException {
    return changed("architectures/shared_layer", part, change);
  }

  private Path changed(String fixture, String part, UnaryOperator<byte[]> change)
      throws IOException {
    Path copy = folder.resolve("copy.keras");
    Path file = FIXTURES.resolve(fixture).resolve("model.keras");
    try (InputStream in = Files.newInputStream(file);
        ZipInputStream zip = new ZipInputStream(in);
        OutputStream out = Files.newOutputStream(copy);
        ZipOutputStream to = new ZipOutputStream(out)) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        byte[] content = zip.readAllBytes();
        if (e.getName().equals(part)) {
          content = change.apply(content);
        }
        if (content.length > 0) {
          to.putNextEntry(new ZipEntry(e.getName()));
          to.write(content);
        }
      }
    }
    return copy;
  }

  private static UnaryOperator<byte[]> text(String from, String to) {
    return b ->
        new String(b, StandardCharsets.UTF_8).replace(from, to).getBytes(StandardCharsets.UTF_8);
  }

  private static void fails(Path file, String... parts) {
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(file))
        .withMessageContainingAll(parts);
  }

  @Test
  void a_weight_of_another_shape_is_refused_with_both_lists() throws IOException {
    fails(
        changed("config.json", text("\"units\": 2", "\"units\": 7")),
        "copy.keras!model.weights.h5: the weights do not fit the model; nothing was loaded.",
        "in the file",
        "! layers/dense_1/vars/0  float32(15, 2)    dense/kernel float32(15, 7)");
  }

  @Test
  void a_missing_and_a_left_over_weight_are_refused() throws IOException {
    fails(
        changed("config.json", text("\"use_bias\": true", "\"use_bias\": false")),
        "! layers/dense/vars/1    float32(5)        -");
  }

  @Test
  void a_wrong_config_is_refused_with_its_place() throws IOException {
    fails(
        changed("config.json", text("\"units\": 2", "\"units\": -4")),
        "copy.keras!config.json at /config/layers/5/config/units: expected a positive integer, got -4"
            + " (keras.layers.Dense \"dense\")");
    fails(changed("config.json", b -> new byte[] {'{'}), "copy.keras!config.json", "not a JSON");
  }

  private void cannotBeCompiled(String from, String to, String text) throws IOException {
    Path file = changed("train_optimizers/adam_resumed", "config.json", text(from, to));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(file))
        .withMessage(
            file
                + "!config.json "
                + text
                + "; to load the model without its compilation, for predicting or to compile it"
                + " yourself, pass LoadOptions.DEFAULT.compile(false)");
    try (Model model = Models.load(file, LoadOptions.DEFAULT.compile(false))) {
      Array x = Array.filled(DType.FLOAT32, Shape.of(2, 4), 0.5);
      assertThat(model.predict(x).array().shape()).isEqualTo(Shape.of(2, 1));
    }
  }

  @Test
  void a_model_that_cannot_be_compiled_can_be_loaded_for_predicting() throws IOException {
    cannotBeCompiled(
        "\"learning_rate\": 0.019999999552965164",
        "\"learning_rate\": {\"module\": \"keras.optimizers.schedules\", \"class_name\":"
            + " \"ExponentialDecay\", \"config\": {}, \"registered_name\": null}",
        "at /compile_config/optimizer/config/learning_rate/config: the key"
            + " \"initial_learning_rate\" is missing (keras.optimizers.schedules.ExponentialDecay)");
    cannotBeCompiled(
        "[\"mae\"]",
        "[{\"module\": \"keras.metrics\", \"class_name\": \"Surprise\", \"config\": {},"
            + " \"registered_name\": \"Surprise\"}]",
        "at /compile_config/metrics/0: there is no metric Surprise");
    cannotBeCompiled(
        "\"ema_momentum\": 0.99",
        "\"ema_momentum\": 1.5",
        "at /compile_config/optimizer/config/ema_momentum: expected a number from 0 to 1, got 1.5"
            + " (keras.optimizers.Adam \"adam\")");
  }

  @Test
  void damaged_parts_are_refused() throws IOException {
    fails(changed("config.json", b -> new byte[0]), "there is no config.json in it");
    fails(changed("model.weights.h5", b -> new byte[0]), "copy.keras: it has no weights");
    fails(changed("model.weights.h5", b -> new byte[100]), "model.weights.h5: ");
    fails(
        changed("model.weights.h5", b -> java.util.Arrays.copyOf(b, b.length / 2)),
        "copy.keras!model.weights.h5");
    fails(changed("config.json", b -> new byte[1 << 24]), "it unpacks to more than");
  }

  @Test
  void what_is_no_archive_is_refused() throws IOException {
    Path file = Files.writeString(folder.resolve("x.keras"), "no zip");
    fails(file, "x.keras: a text file, not a model");
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> Models.load(folder.resolve("absent.keras")))
        .withMessageContaining("there is no file");
    fails(Files.writeString(folder.resolve("m.h5"), ""), "m.h5: an empty file");
  }
}
