package dev.ibex.savedmodel.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ExtensionRegistryLite;
import dev.ibex.Data;
import dev.ibex.Prediction;
import dev.ibex.savedmodel.LoadedModel;
import dev.ibex.savedmodel.SavedModels;
import dev.ibex.savedmodel.npy.Npy;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.SavedModel;

/** The commands on SavedModels: those that Ibex exported, and those of Python. */
class SavedModelsTest {
  @TempDir static Path dir;
  private static Path trained = Path.of("");
  private static Path exported = Path.of("");

  @BeforeAll
  static void write() throws IOException {
    trained = Samples.trained(dir.resolve("trained.keras"));
    exported = dir.resolve("exported");
    assertThat(ToolRun.of("convert", trained, exported + "/").out())
        .isEqualTo(exported + ": savedmodel\n");
    Npy.write(dir.resolve("x.npy"), Samples.inputs(5, 4));
    Files.createDirectory(dir.resolve("cut"));
    Files.write(dir.resolve("cut/saved_model.pb"), new byte[] {1, 2, 3});
    Files.createDirectory(dir.resolve("other"));
    Files.writeString(dir.resolve("other/notes.txt"), "mine");
  }

  private static Path python(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(SavedModelsTest.class.getResource("/savedmodels/" + name), name)
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String done(Object... args) {
    ToolRun run = ToolRun.of(args);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    return run.out();
  }

  private static JsonNode json(Path file) {
    return Json.parse(file, "", done("inspect", "--json", file));
  }

  // ---- convert ----------------------------------------------------------------------------

  @Test
  void a_model_comes_back_but_for_the_optimizers_state() {
    Path back = dir.resolve("back.keras");
    done("convert", exported, back);
    ToolRun diff = ToolRun.of("diff", trained, back);
    assertThat(diff.out())
        .contains("description: equal\n", "compilation: equal\n", "weights: equal\n")
        .contains("optimizer: different\n  ")
        .contains("iteration: largest difference 1\n");
    assertThat(done("diff", exported, back)).contains("weights: equal\n");
  }

  @ParameterizedTest
  @CsvSource({"plain/,''", "named,--to=savedmodel", "model.savedmodel,''"})
  void the_target_says_that_it_is_a_saved_model(String name, String option) {
    Path out = dir.resolve(name);
    String target = name.endsWith("/") ? out + "/" : out.toString();
    assertThat(
            option.isEmpty()
                ? done("convert", trained, target)
                : done("convert", trained, target, option))
        .isEqualTo(out + ": savedmodel\n");
    assertThat(SavedModels.isSavedModel(out)).isTrue();
  }

  @Test
  void a_saved_model_that_is_there_is_replaced_on_demand_alone() {
    Path out = dir.resolve("replaced");
    done("convert", trained, out + "/");
    assertThat(ToolRun.of("convert", trained, out).err())
        .isEqualTo("ibex convert: " + out + " is there already; --force replaces it\n");
    done("convert", "--force", "--no-compile", trained, out);
    assertThat(done("inspect", out)).contains("\nNot compiled\n");
  }

  @Test
  void versions_are_numbered_and_none_is_replaced() {
    Path out = dir.resolve("served");
    assertThat(done("convert", trained, out, "--versioned"))
        .isEqualTo(out.resolve("1") + ": savedmodel\n");
    assertThat(done("convert", trained, out, "--versioned"))
        .isEqualTo(out.resolve("2") + ": savedmodel\n");
  }

  static List<Arguments> uses() {
    return List.of(
        arguments(
            "convert @trained.keras @v.keras --versioned",
            2,
            "--versioned: SavedModels have versions, and @v.keras would be keras"),
        arguments(
            "convert @trained.keras @v.keras --to savedmodel",
            2,
            "--to: savedmodel does not fit the name @v.keras"),
        arguments(
            "convert @trained.keras @v/ --to keras", 2, "--to: keras does not fit the name @v"),
        arguments(
            "convert @trained.keras @other/ --force",
            3,
            "@other is there already and is no directory that may be replaced"),
        arguments("convert ~mlp @m.keras", 3, "~mlp: a SavedModel directory with graphs"),
        arguments("diff @exported ~mlp", 3, "~mlp: a SavedModel without a description of layers"),
        arguments("inspect @cut", 3, "@cut!saved_model.pb: it is damaged"),
        arguments("predict @cut -i @x.npy -o @y.npy", 3, "@cut!saved_model.pb: it is damaged"),
        arguments("inspect @other", 3, "@other: a directory without a config.json"),
        arguments(
            "predict @trained.keras --signature serve -i @x.npy -o @y.npy",
            2,
            "--signature: SavedModels have signatures, and @trained.keras is none"),
        arguments(
            "predict ~module --signature eat -i @x.npy -o @y.npy",
            2,
            "--signature: there is no \"eat\"; there are ["),
        arguments(
            "predict ~two -i b_first=@x.npy -o p=@y.npy",
            2,
            "--input: no samples for [a_second]; the model has the inputs ["),
        arguments(
            "predict ~mlp -i @x.npy -o up=@y.npy",
            2,
            "--output: there is no output \"up\"; the model has the outputs ["),
        arguments("predict ~tf1 -i @x.npy -o @y.npy", 3, "expected the shape (?, 2)"));
  }

  @ParameterizedTest
  @MethodSource("uses")
  void says_what_is_wrong_on_stderr_alone(String command, int exitCode, String text) {
    ToolRun run =
        ToolRun.of(
            java.util.Arrays.stream(command.split(" ")).map(SavedModelsTest::named).toArray());
    assertThat(run.err()).startsWith("ibex").contains(named(text)).doesNotContain("\tat ");
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(exitCode);
    assertThat(dir.resolve("other/notes.txt")).hasContent("mine");
  }

  private static String named(String word) {
    return word.replace("@", dir + "/").replace("~", python("mlp").getParent() + "/");
  }

  // ---- inspect ----------------------------------------------------------------------------

  @Test
  void what_ibex_exported_is_shown_as_model_and_as_graph() {
    assertThat(done("inspect", exported))
        .startsWith(
            exported + ": SavedModel directory of TensorFlow, with the description of a model\n")
        .contains("\nTotal params: 31\n", "\n  hidden/kernel         float32(4, 3)\n")
        .contains("\n  loss                 MeanSquaredError")
        .contains("\nGraph [serve] of TensorFlow ", ", written by ibex ")
        .contains(
            """

            Signatures:
              serving_default  tensorflow/serving/predict
                input   input_layer  float32(?, 4)  serving_default_input_layer:0
                output  out          float32(?, 1)  StatefulPartitionedCall:0

            Functions:
              __call__(inputs: float32(?, 4), training: False) -> float32(?, 1)
              __call__(inputs: float32(?, 4), training: True) -> float32(?, 1)
            """)
        .contains("\nFingerprint:\n  saved_model_checksum     ")
        .doesNotContain("Variables:", "does not have");
    JsonNode found = json(exported);
    assertThat(found.get("format").asText()).isEqualTo("savedmodel");
    assertThat(found.get("loads").asBoolean()).isTrue();
    assertThat(found.at("/about/writer").asText()).isEqualTo("Ibex");
    assertThat(found.at("/saved_model/graphs/0/variables")).hasSize(8);
    assertThat(Json.line(found.at("/saved_model/graphs/0/variables/4")))
        .isEqualTo(
            "{\"name\":\"norm/moving_mean\",\"key\":\"variables/4/.ATTRIBUTES/VARIABLE_VALUE\","
                + "\"shape\":[3],\"dtype\":\"float32\",\"bytes\":12,\"trainable\":false}");
    assertThat(found.at("/saved_model/fingerprint/checkpoint_hash").asText()).matches("\\d{10,}");
  }

  @Test
  void what_keras_exported_is_shown_with_each_variable_once() {
    assertThat(done("inspect", python("two")))
        .contains("\nCannot be loaded:\n  " + python("two") + ": a SavedModel directory with")
        .contains("\nTotal params: 39\nTrainable params: 39\nNon-trainable params: 0\n")
        .contains("  serve(args_0: [float32(?, 3), float32(?, 2)]) -> {p: float32(?, 1), q: ")
        .contains("\n  and 1 of inner objects, which --json lists\n")
        .contains("\n  6 in all, 156 bytes\n");
    JsonNode found = json(python("two"));
    assertThat(found.get("loads").asBoolean()).isFalse();
    assertThat(found.at("/parameters/trainable").asInt()).isEqualTo(39);
    assertThat(found.at("/weights/0/path").asText()).isEqualTo("variables/0");
    assertThat(found.at("/saved_model/graphs/0/variables")).hasSize(12);
    assertThat(found.at("/saved_model/graphs/0/ops/MatMul").asInt()).isEqualTo(3);
  }

  @Test
  void graphs_of_tensorflow_1_are_shown_by_their_tags() {
    assertThat(done("inspect", python("tf1")))
        .contains("\nGraph [serve] of TensorFlow ", "\nGraph [serve, double] of TensorFlow ")
        .contains("    input   s  float32(any rank)  sparse: Placeholder_2:0, Placeholder_1:0, ")
        .contains("\nAssets:\n  words.txt  path:0\n")
        .contains("\n  w  float32(2, 1)  8 bytes\n  2 in all, 12 bytes\n");
  }

  @Test
  void types_that_no_array_has_are_named() {
    assertThat(done("inspect", python("kinds")))
        .contains("    input   z   complex64(?)  complex_z:0\n")
        .contains("  sparse(s: SparseTensorSpec((?, 3), float32)) -> {dense: float32(?, ?)}\n")
        .contains("    output  __saved_model_init_op  an op  NoOp\n");
  }

  @Test
  void ops_that_tensorflow_lacks_and_files_that_are_missing_are_said() throws IOException {
    Path copy = dir.resolve("edited");
    Files.createDirectories(copy.resolve("variables"));
    for (String file :
        List.of(
            "saved_model.pb",
            "variables/variables.index",
            "variables/variables.data-00000-of-00001")) {
      Files.copy(python("kinds").resolve(file), copy.resolve(file));
    }
    Path pb = copy.resolve("saved_model.pb");
    SavedModel.Builder model =
        SavedModel.parseFrom(Files.readAllBytes(pb), ExtensionRegistryLite.getEmptyRegistry())
            .toBuilder();
    model
        .getMetaGraphsBuilder(0)
        .getGraphDefBuilder()
        .addNode(NodeDef.newBuilder().setName("imagined").setOp("Imagined"));
    Files.write(pb, model.build().toByteArray());
    assertThat(done("inspect", copy))
        .contains("here does not have:\n  Imagined\n")
        .contains("words.txt  asset_path_initializer:0  missing\n");
    assertThat(Json.line(json(copy).at("/saved_model/graphs/0/unknown_ops")))
        .isEqualTo("[\"Imagined\"]");
  }

  // ---- predict ----------------------------------------------------------------------------

  @Test
  void a_graph_is_run_by_its_signature_at_once_or_in_batches() {
    Path all = dir.resolve("all.npy");
    Path batches = dir.resolve("batches.npy");
    assertThat(done("predict", python("mlp"), "-i", dir.resolve("x.npy"), "-o", all))
        .matches("(?s).*all\\.npy: \\w+ float32\\(5, \\d+\\)\n");
    done("predict", python("mlp"), "-i", dir.resolve("x.npy"), "-o", batches, "--batch-size", "2");
    try (LoadedModel model = SavedModels.load(python("mlp"))) {
      Prediction expected = model.predict(Samples.inputs(5, 4));
      assertThat(Npy.read(all)).isEqualTo(expected.array());
      assertThat(Npy.read(batches).shape()).isEqualTo(expected.array().shape());
      assertThat(Npy.read(batches).floats())
          .containsExactly(expected.array().floats(), org.assertj.core.data.Offset.offset(1e-6f));
    }
  }

  @Test
  void other_signatures_are_chosen_by_name() {
    Path b = dir.resolve("b.npy");
    Path a = dir.resolve("a.npy");
    Path q = dir.resolve("q.npy");
    Npy.write(b, Samples.inputs(3, 3));
    Npy.write(a, Samples.inputs(3, 2));
    done(
        "predict",
        python("two"),
        "--signature",
        "serve",
        "-i",
        "a_second=" + a,
        "-i",
        "b_first=" + b,
        "-o",
        "q=" + q);
    try (LoadedModel model = SavedModels.load(python("two"))) {
      assertThat(Npy.read(q))
          .isEqualTo(
              model
                  .predict(
                      Data.inputs("a_second", Samples.inputs(3, 2))
                          .input("b_first", Samples.inputs(3, 3)))
                  .get("q"));
    }
  }

  @Test
  void what_ibex_exported_is_run_as_model_or_by_signature() {
    Path byLayers = dir.resolve("layers.npy");
    Path bySignature = dir.resolve("signature.npy");
    Path original = dir.resolve("original.npy");
    Path x = dir.resolve("x.npy");
    done("predict", trained, "-i", x, "-o", original);
    done("predict", exported, "-i", x, "-o", byLayers);
    done("predict", exported, "--signature", "serving_default", "-i", x, "-o", bySignature);
    assertThat(Npy.read(byLayers)).isEqualTo(Npy.read(original));
    assertThat(Npy.read(bySignature).floats())
        .containsExactly(Npy.read(original).floats(), org.assertj.core.data.Offset.offset(1e-6f));
  }
}
