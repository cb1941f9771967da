package dev.ibex.savedmodel.tool;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ibex.savedmodel.keras.Zips;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectCommandTest {
  @TempDir static Path dir;
  private static Path trained = Path.of("");

  @BeforeAll
  static void write() {
    trained = Samples.trained(dir.resolve("trained.keras"));
  }

  private static String text(Path file) {
    ToolRun run = ToolRun.of("inspect", file);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    return run.out();
  }

  private static JsonNode json(Path file) {
    ToolRun run = ToolRun.of("inspect", "--json", file);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    return Json.parse(file, "", run.out());
  }

  @Test
  void a_model_is_shown_with_all_it_has() {
    assertThat(text(trained))
        .startsWith(trained + ": Keras 3 archive\n  keras_version: 3.15.1\n  date_saved: ")
        .contains("  writer: Ibex\n\nModel: \"sequential\"\n")
        .contains(
            """
            Total params: 31
            Trainable params: 25
            Non-trainable params: 6

            Inputs:
              input_layer  float32(?, 4)

            Outputs:
              out  float32(?, 1)

            Weights:
              hidden/kernel         float32(4, 3)
              hidden/bias           float32(3)
              norm/gamma            float32(3)
              norm/beta             float32(3)
              norm/moving_mean      float32(3)     not trainable
              norm/moving_variance  float32(3)     not trainable
              out/kernel            float32(3, 1)
              out/bias              float32(1)

            Compilation:
              optimizer            Adam(learning_rate=0.5, \
            """)
        .contains(
            """
              iteration            1
              learning_rate        0.5
              loss                 MeanSquaredError(reduction=sum_over_batch_size)
              metrics              [MeanAbsoluteError(dtype=float32)]
            """)
        .contains("State of the optimizer:\n  iteration               int64()\n")
        .contains("\n  hidden/kernel/velocity  float32(4, 3)\n");
  }

  @Test
  void json_has_the_same_under_stable_keys() {
    JsonNode found = json(trained);
    assertThat(found.fieldNames())
        .toIterable()
        .containsExactly(
            "file",
            "format",
            "description",
            "about",
            "loads",
            "problems",
            "inputs",
            "outputs",
            "parameters",
            "layers",
            "weights",
            "compilation",
            "optimizer_weights",
            "saved_model");
    assertThat(found.get("format").asText()).isEqualTo("keras");
    assertThat(found.at("/about/writer").asText()).isEqualTo("Ibex");
    assertThat(found.get("loads").asBoolean()).isTrue();
    assertThat(found.get("problems")).isEmpty();
    assertThat(Json.line(found.get("inputs")))
        .isEqualTo("[{\"name\":\"input_layer\",\"shape\":[null,4],\"dtype\":\"float32\"}]");
    assertThat(Json.line(found.get("parameters")))
        .isEqualTo("{\"total\":31,\"trainable\":25,\"non_trainable\":6}");
    assertThat(Json.line(found.at("/layers/1")))
        .isEqualTo("{\"name\":\"hidden\",\"class_name\":\"Dense\",\"trainable\":true}");
    assertThat(Json.line(found.at("/weights/4")))
        .isEqualTo(
            "{\"path\":\"norm/moving_mean\",\"shape\":[3],\"dtype\":\"float32\",\"trainable\":false}");
    assertThat(found.at("/compilation/optimizer/class_name").asText()).isEqualTo("Adam");
    assertThat(found.at("/compilation/optimizer/config/beta_1").asDouble()).isEqualTo(0.9);
    assertThat(found.get("saved_model").isNull()).isTrue();
    assertThat(found.at("/compilation/optimizer/iteration").asInt()).isEqualTo(1);
    assertThat(found.at("/compilation/optimizer/learning_rate").asDouble()).isEqualTo(0.5);
    assertThat(found.at("/compilation/loss/class_name").asText()).isEqualTo("MeanSquaredError");
    assertThat(Json.line(found.at("/optimizer_weights/0")))
        .isEqualTo("{\"path\":\"iteration\",\"shape\":[],\"dtype\":\"int64\",\"trainable\":null}");
  }

  @Test
  void weights_alone_are_listed_by_their_places() {
    Path file = dir.resolve("alone.weights.h5");
    assertThat(ToolRun.of("convert", trained, file).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(text(file))
        .startsWith(file + ": HDF5 file of weights alone, as Keras 3 has them\n")
        .contains("\nTotal params: 31\n")
        .contains("\n  layers/dense/vars/0                float32(4, 3)\n")
        .contains("State of the optimizer:\n  optimizer/vars/0   int64()\n")
        .doesNotContain("ompil");
    assertThat(json(file).at("/parameters/trainable").isNull()).isTrue();
  }

  @Test
  void weights_in_pieces_are_listed_together() throws IOException {
    Path index = Samples.fixture("shards.weights.json");
    JsonNode found = json(index);
    assertThat(found.get("format").asText()).isEqualTo("weights.json");
    assertThat(found.at("/parameters/total").asInt())
        .isEqualTo(json(Samples.fixture("shards.keras")).at("/parameters/total").asInt());
    assertThat(found.get("optimizer_weights")).isNotEmpty();
  }

  @Test
  void pieces_elsewhere_are_not_read() throws IOException {
    Path inner = Files.createDirectory(dir.resolve("inner"));
    Path piece = dir.resolve("piece.weights.h5");
    assertThat(ToolRun.of("convert", trained, piece).exitCode()).isEqualTo(ExitCode.OK);
    Path index = inner.resolve("pieces.weights.json");
    Files.writeString(index, "{\"weight_map\":{\"/vars\":\"../piece.weights.h5\"}}");
    assertThat(ToolRun.of("inspect", index).err()).contains("leads elsewhere");
    Files.writeString(index, "{\"weight_map\":{\"/vars\":\"link.weights.h5\"}}");
    Files.createSymbolicLink(inner.resolve("link.weights.h5"), piece);
    ToolRun run = ToolRun.of("inspect", index);
    assertThat(run.err()).contains("link.weights.h5 is a link to ");
    assertThat(run.exitCode()).isEqualTo(ExitCode.FILE);
  }

  @Test
  void weights_in_numpys_format_are_listed_as_those_in_hdf5() throws IOException {
    JsonNode found = json(Samples.fixture("npz-3.15.1.keras"));
    assertThat(found.get("loads").asBoolean()).isTrue();
    assertThat(found.at("/weights/0/path").asText()).isEqualTo("dense/kernel");
    Path unknown =
        Zips.edit(
            Samples.fixture("npz-3.15.1.keras"),
            dir.resolve("npz.keras"),
            Samples.CONFIG,
            b -> new String(b, UTF_8).replace("\"Dense\"", "\"Imagined\"").getBytes(UTF_8));
    JsonNode written = json(unknown);
    assertThat(written.get("loads").asBoolean()).isFalse();
    assertThat(written.at("/weights").findValuesAsText("path")).contains("layers/dense/vars/0");
    assertThat(written.at("/parameters/total")).isEqualTo(found.at("/parameters/total"));
    assertThat(written.at("/optimizer_weights/0/path").asText()).isEqualTo("optimizer/vars/0");
  }

  @Test
  void an_archive_without_weights_is_shown_as_far_as_it_goes() throws IOException {
    Path file = Zips.edit(trained, dir.resolve("bare.keras"), "model.weights.h5", content -> null);
    JsonNode found = json(file);
    assertThat(found.get("loads").asBoolean()).isFalse();
    assertThat(found.at("/problems/0").asText()).contains("it has no weights");
    assertThat(found.at("/layers/1/name").asText()).isEqualTo("hidden");
    assertThat(found.get("weights")).isEmpty();
    assertThat(text(file)).contains("Adam(learning_rate=0.5");
  }

  @Test
  void a_description_is_shown_without_weights_of_its_own() {
    Path file = dir.resolve("described.json");
    assertThat(ToolRun.of("convert", trained, file).exitCode()).isEqualTo(ExitCode.OK);
    assertThat(text(file)).contains("description of a model in JSON").endsWith("\nNot compiled\n");
  }

  @Test
  void a_file_with_an_unknown_layer_is_shown_as_far_as_it_goes() {
    Path file =
        Samples.edited(
            trained,
            dir.resolve("layer.keras"),
            "\"class_name\":\"BatchNormalization\"",
            "\"class_name\":\"Imagined\"");
    assertThat(text(file))
        .contains("\nCannot be loaded:\n  " + file + "!config.json at /config/layers/2")
        .contains("\n  norm         Imagined\n")
        .contains("\n  layers/batch_normalization/vars/0  float32(3)\n")
        .contains("\n  optimizer            Adam(learning_rate=0.5, ");
    JsonNode found = json(file);
    assertThat(found.get("loads").asBoolean()).isFalse();
    assertThat(found.at("/problems/0").asText()).contains("Imagined");
    assertThat(found.at("/layers/2/class_name").asText()).isEqualTo("Imagined");
    assertThat(found.at("/parameters/total").asInt()).isEqualTo(31);
    assertThat(found.get("weights")).hasSize(8);
    assertThat(found.get("inputs")).isEmpty();
  }

  @Test
  void a_file_with_an_unknown_optimizer_is_shown_as_the_model_without_it() {
    Path file =
        Samples.edited(
            trained,
            dir.resolve("optimizer.keras"),
            "\"class_name\":\"Adam\"",
            "\"class_name\":\"Imagined\"");
    assertThat(text(file))
        .contains("Cannot be loaded:\n")
        .contains("/compile_config/optimizer")
        .contains("\n  hidden/kernel         float32(4, 3)\n")
        .contains("\n  optimizer            Imagined(learning_rate=0.5, ")
        .contains("State of the optimizer:\n  optimizer/vars/0   int64()\n");
    JsonNode found = json(file);
    assertThat(found.get("loads").asBoolean()).isTrue();
    assertThat(found.get("problems")).hasSize(1);
    assertThat(found.at("/compilation/optimizer/iteration").isNull()).isTrue();
  }
}
