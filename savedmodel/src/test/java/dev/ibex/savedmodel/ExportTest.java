package dev.ibex.savedmodel;

import static dev.ibex.activations.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Compile;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Prediction;
import dev.ibex.Scores;
import dev.ibex.Sequential;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Optimizer;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.Flatten;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.SGD;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.BytesList;
import org.tensorflow.proto.Example;
import org.tensorflow.proto.Feature;
import org.tensorflow.proto.Features;
import org.tensorflow.proto.FloatList;

class ExportTest {
  private static final Array X = Array.generate(DType.FLOAT32, Shape.of(6, 4), i -> i % 5 / 5.0);
  private static final Array Y = Array.generate(DType.FLOAT32, Shape.of(6, 2), i -> i % 3 / 3.0);

  @TempDir private Path folder;

  private static Model mlp() {
    return Sequential.of(
            Input.of(4).named("x"),
            Dense.of(8).activation(RELU).named("hidden"),
            BatchNormalization.of(),
            Dense.of(2).named("y"))
        .seed(3);
  }

  private Path exported(Model model, ExportOptions options) {
    return SavedModels.export(model, folder.resolve("exported"), options);
  }

  private static float[] floats(Prediction prediction, String output) {
    return prediction.get(output).cast(DType.FLOAT32).floats();
  }

  private static Stream<Arguments> models() {
    Input a = Input.of(3).named("b");
    Input b = Input.of(2).named("a");
    SymbolicTensor joined = Concatenate.of().apply(a, b);
    Dense shared = Dense.of(5);
    Model several =
        Model.of(
            List.of(a, b), List.of(Dense.of(1).named("z").apply(joined), shared.apply(joined)));
    return Stream.of(
        Arguments.of("dense", mlp(), List.of(X)),
        Arguments.of(
            "several inputs and outputs, not in the order of their names",
            several,
            List.of(
                Array.generate(DType.FLOAT32, Shape.of(4, 3), i -> i),
                Array.generate(DType.FLOAT32, Shape.of(4, 2), i -> -i))),
        Arguments.of(
            "a table",
            Sequential.of(Input.of(3).dtype(DType.INT32), Embedding.of(7, 2), Flatten.of()),
            List.of(Array.generate(DType.INT32, Shape.of(4, 3), i -> i % 7))),
        Arguments.of(
            "mixed precision",
            Sequential.of(Input.of(4), Dense.of(3).dtype(DTypePolicy.MIXED_BFLOAT16)),
            List.of(X)),
        Arguments.of(
            "no weights",
            Sequential.of(Input.of(2, 2), Flatten.of()),
            List.of(Array.generate(DType.FLOAT32, Shape.of(3, 2, 2), i -> i))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("models")
  void what_is_exported_gives_the_models_numbers(String name, Model model, List<Array> inputs) {
    Data data = Data.inputs(model.inputNames().get(0), inputs.get(0));
    for (int i = 1; i < inputs.size(); i++) {
      data = data.input(model.inputNames().get(i), inputs.get(i));
    }
    try (LoadedModel loaded = SavedModels.load(exported(model, ExportOptions.DEFAULT));
        Model read = Models.load(folder.resolve("exported"))) {
      Prediction expected = model.predict(data);
      Prediction found = loaded.predict(data);
      assertThat(found.all().keySet()).hasSameSizeAs(model.outputNames());
      for (String output : model.outputNames()) {
        assertThat(found.get(output)).isEqualTo(expected.get(output));
      }
      assertThat(read.predict(data).all()).isEqualTo(expected.all());
    } finally {
      model.close();
    }
  }

  private static Stream<Arguments> optimizers() {
    return Stream.of(
        Arguments.of("sgd", SGD.of(0.1).momentum(0.9)),
        Arguments.of("adam", Adam.of(0.01)),
        Arguments.of("averages", Adam.of(0.01).useEma(true).emaOverwriteFrequency(2)),
        Arguments.of("accumulation", SGD.of(0.1).gradientAccumulationSteps(2)),
        Arguments.of("a scaled loss", LossScaleOptimizer.of(Adam.of(0.01))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("optimizers")
  void an_exported_step_trains_as_the_model_does(String name, Optimizer optimizer) {
    Data batch = Data.of(X, Y);
    try (Model model = mlp()) {
      model.compile(optimizer, MeanSquaredError.of(), Metrics.mae());
      model.fit(batch, Fit.epochs(1).shuffle(false));
      ExportOptions options =
          ExportOptions.DEFAULT
              .signature("train", ExportSignature.training(batch))
              .signature("evaluate", ExportSignature.evaluation(batch));
      try (LoadedModel loaded = SavedModels.load(exported(model, options))) {
        Data given = Data.inputs("x", X).target("y", Y);
        for (int step = 0; step < 4; step++) {
          Scores expected = model.trainOnBatch(batch);
          Prediction found = loaded.function("train").call(given);
          for (String key : List.of("loss", "mae")) {
            assertThat((double) floats(found, key)[0])
                .as("%s of step %d", key, step)
                .isCloseTo(expected.get(key), within(1e-5));
          }
        }
        Prediction evaluated = loaded.function("evaluate").call(given);
        assertThat((double) floats(evaluated, "loss")[0])
            .isCloseTo(model.testOnBatch(batch).get("loss"), within(1e-5));
        assertThat(floats(loaded.predict(X), "y"))
            .containsExactly(floats(model.predict(X), "y"), within(1e-4f));
      }
    }
  }

  @Test
  void a_signature_may_end_at_an_inner_layer() {
    try (Model model = mlp()) {
      Model features = Model.of(model.input(), model.layer("hidden").output());
      ExportOptions options =
          ExportOptions.DEFAULT.signature("features", ExportSignature.of(features));
      try (LoadedModel loaded = SavedModels.load(exported(model, options))) {
        assertThat(loaded.function("features").call(X).get("hidden"))
            .isEqualTo(features.predict(X).array());
      }
      features.close();
    }
  }

  @Test
  void a_signature_may_take_serialized_examples() {
    byte[][] examples = new byte[6][];
    for (int i = 0; i < examples.length; i++) {
      FloatList.Builder row = FloatList.newBuilder();
      for (int j = 0; j < 4; j++) {
        row.addValue(X.floats()[4 * i + j]);
      }
      examples[i] =
          Example.newBuilder()
              .setFeatures(
                  Features.newBuilder()
                      .putFeature("x", Feature.newBuilder().setFloatList(row).build())
                      .putFeature(
                          "other",
                          Feature.newBuilder().setBytesList(BytesList.newBuilder()).build()))
              .build()
              .toByteArray();
    }
    try (Model model = mlp();
        LoadedModel loaded =
            SavedModels.load(
                exported(
                    model,
                    ExportOptions.DEFAULT.signature("examples", ExportSignature.examples())))) {
      assertThat(loaded.function("examples").call(Array.ofBytes(Shape.of(6), examples)).array())
          .isEqualTo(model.predict(X).array());
    }
  }

  @Test
  void a_signature_may_take_encoded_images_of_several_sizes() throws IOException {
    Array pixels = Array.generate(DType.FLOAT32, Shape.of(1, 4, 4, 3), i -> i * 5 % 256 / 255.0);
    try (Model model = Sequential.of(Input.of(4, 4, 3), Conv2D.of(2, 3), Flatten.of());
        LoadedModel loaded =
            SavedModels.load(
                exported(
                    model,
                    ExportOptions.DEFAULT.signature(
                        "images", ExportSignature.images(1 / 255.0))))) {
      Array images = Array.ofBytes(Shape.of(2), png(pixels, 4), png(pixels, 9));
      float[] found = loaded.function("images").call(images).floats();
      float[] expected = model.predict(pixels).floats();
      assertThat(found).hasSize(2 * expected.length);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  /** Returns an image of that size with the pixels in its corner. */
  private static byte[] png(Array pixels, int size) throws IOException {
    BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 4; x++) {
        int rgb = 0;
        for (int c = 0; c < 3; c++) {
          rgb = rgb << 8 | Math.round(255 * pixels.floats()[(y * 4 + x) * 3 + c]);
        }
        image.setRGB(x, y, rgb);
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, "png", out);
    return out.toByteArray();
  }

  @Test
  void names_that_are_taken_get_an_ending() {
    Input y = Input.of(4).named("y");
    Input target = Input.of(4).named("last_weight");
    Input out = Input.of(4).named("out");
    Dense last = Dense.of(2).named("last");
    try (Model model =
        Model.of(
            List.of(y, target, out), List.of(last.apply(Concatenate.of().apply(y, target, out))))) {
      model.compile(SGD.of(0.1), MeanSquaredError.of());
      Data batch =
          Data.inputs("y", X)
              .input("last_weight", X)
              .input("out", X)
              .target("last", Y)
              .weight("last", Array.filled(DType.FLOAT32, Shape.of(6), 1));
      ExportOptions options =
          ExportOptions.DEFAULT.signature("train", ExportSignature.training(batch));
      try (LoadedModel loaded = SavedModels.load(exported(model, options))) {
        assertThat(loaded.function("train").signature().inputs().keySet())
            .containsExactlyInAnyOrder("y", "last_weight", "out", "last", "last_weight_weight");
      }
    }
  }

  @Test
  void layers_frozen_after_compile_are_exported_as_the_model_trains() {
    Data batch = Data.of(X, Y);
    try (Model model = mlp()) {
      model.compile(Adam.of(0.01), MeanSquaredError.of());
      model.layer("hidden").freeze();
      exported(model, ExportOptions.DEFAULT.signature("t", ExportSignature.training(batch)));
      try (Model read = Models.load(folder.resolve("exported"))) {
        assertThat(read.predict(X).array()).isEqualTo(model.predict(X).array());
        assertThat(read.layer("hidden").trainable()).isFalse();
        read.fit(batch, Fit.epochs(1));
      }
    }
  }

  @Test
  void a_model_is_exported_while_it_trains() throws InterruptedException {
    Data batch = Data.of(X, Y);
    try (Model model = mlp()) {
      model.compile(Adam.of(0.01), MeanSquaredError.of(), Metrics.mae());
      Thread fit = new Thread(() -> model.fit(batch, Fit.epochs(300)));
      fit.start();
      ExportOptions options =
          ExportOptions.DEFAULT.signature("train", ExportSignature.training(batch));
      do {
        exported(model, options);
      } while (fit.isAlive());
      fit.join();
      exported(model, options);
      try (LoadedModel loaded = SavedModels.load(folder.resolve("exported"))) {
        assertThat(loaded.predict(X).array()).isEqualTo(model.predict(X).array());
      }
    }
  }

  @Test
  void a_closed_model_keeps_its_weights_and_is_exported() {
    Model model = mlp();
    Array expected = model.predict(X).array();
    model.close();
    try (LoadedModel loaded = SavedModels.load(exported(model, ExportOptions.DEFAULT))) {
      assertThat(loaded.predict(X).array()).isEqualTo(expected);
    }
  }

  @Test
  void what_is_no_saved_model_is_never_replaced() throws IOException {
    Path there = Files.createDirectory(folder.resolve("exported"));
    Files.writeString(there.resolve("mine.txt"), "mine");
    try (Model model = mlp()) {
      assertThatThrownBy(() -> SavedModels.export(model, there))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("exported is there already");
      assertThat(there.resolve("mine.txt")).hasContent("mine");
      Path kept = SavedModels.export(model, folder.resolve("kept"));
      ExportOptions keep = ExportOptions.DEFAULT.existing(ExportOptions.Existing.KEPT);
      assertThatThrownBy(() -> SavedModels.export(model, kept, keep))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static Stream<Arguments> misfits() {
    Model text = Sequential.of(Input.of(-1, 3), Dense.of(2));
    return Stream.of(
        Arguments.of(mlp(), ExportSignature.images(1), "images: expected an input"),
        Arguments.of(mlp(), ExportSignature.images(Double.NaN), "factor: expected a number"),
        Arguments.of(text, ExportSignature.examples(), "but a feature needs a known size"),
        Arguments.of(mlp(), ExportSignature.training(Data.of(X, Y)), "is not compiled"));
  }

  @ParameterizedTest
  @MethodSource("misfits")
  void a_signature_that_does_not_suit_the_model_is_refused(
      Model model, ExportSignature signature, String text) {
    ExportOptions options = ExportOptions.DEFAULT.signature("other", signature);
    assertThatThrownBy(() -> exported(model, options)).hasMessageContaining(text);
    assertThat(folder).isEmptyDirectory();
    model.close();
  }

  @Test
  void names_that_tensorflow_keeps_are_refused() {
    for (String name : List.of("", " ", "__saved_model_init_op")) {
      assertThatThrownBy(() -> ExportOptions.DEFAULT.signature(name, ExportSignature.outputs()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("name:");
    }
    assertThatThrownBy(() -> new ExportOptions(Map.of(), ExportOptions.Existing.KEPT))
        .hasMessageStartingWith("signatures:");
  }

  @Test
  void a_compilation_survives() {
    try (Model model = mlp()) {
      model.compile(Compile.with(Adam.of(0.02)).loss(MeanSquaredError.of()));
      exported(model, ExportOptions.DEFAULT);
      try (Model read = Models.load(folder.resolve("exported"))) {
        assertThat(read.isCompiled()).isTrue();
      }
    }
  }
}
