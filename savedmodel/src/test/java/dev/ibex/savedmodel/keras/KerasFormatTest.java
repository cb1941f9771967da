package dev.ibex.savedmodel.keras;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SOFTMAX;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Compile;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Input;
import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.SaveOptions;
import dev.ibex.Sequential;
import dev.ibex.core.ConfigException;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Optimizer;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adadelta;
import dev.ibex.optimizers.Adafactor;
import dev.ibex.optimizers.Adagrad;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.AdamW;
import dev.ibex.optimizers.Adamax;
import dev.ibex.optimizers.Ftrl;
import dev.ibex.optimizers.Lamb;
import dev.ibex.optimizers.Lion;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.Nadam;
import dev.ibex.optimizers.RMSprop;
import dev.ibex.optimizers.SGD;
import dev.ibex.schedules.ExponentialDecay;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

class KerasFormatTest {
  private static final Array X =
      Array.generate(DType.FLOAT32, Shape.of(16, 4), i -> Math.sin(i * 0.7));
  private static final Array Y = Array.generate(DType.INT32, Shape.of(16), i -> i % 3);
  private static final Fit FIT = Fit.epochs(2).batchSize(4);

  @TempDir Path folder;

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Adadelta.of(),
        Adafactor.of(),
        Adagrad.of(),
        Adam.of(),
        Adam.of().amsgrad(true).clipnorm(0.5).useEma(true).emaOverwriteFrequency(3),
        Adam.of().gradientAccumulationSteps(3),
        AdamW.of(),
        Adamax.of(),
        Ftrl.of(),
        Lamb.of(),
        Lion.of(),
        LossScaleOptimizer.of(Adam.of()).dynamicGrowthSteps(3),
        Nadam.of(),
        RMSprop.of().centered(true).momentum(0.9),
        SGD.of(0.1).momentum(0.9).nesterov(true),
        SGD.of(0.1).learningRate(ExponentialDecay.of(0.1, 3, 0.5)));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void a_loaded_model_goes_on_training_bit_for_bit(Optimizer optimizer) {
    Path file = folder.resolve("model.keras");
    try (Model model = classifier()) {
      model.compile(optimizer, SparseCategoricalCrossentropy.of(), Metrics.accuracy());
      model.fit(Data.of(X, Y), FIT);
      model.save(file);
      try (Model loaded = Models.load(file).seed(7)) {
        assertThat(state(loaded)).isEqualTo(state(model));
        History further = loaded.fit(Data.of(X, Y), FIT);
        assertThat(further.all()).isEqualTo(model.fit(Data.of(X, Y), FIT).all());
        assertThat(loaded.getWeights()).isEqualTo(model.getWeights());
        assertThat(state(loaded)).isEqualTo(state(model));
      }
    }
  }

  static Stream<Supplier<Model>> models() {
    return Stream.of(
        KerasFormatTest::classifier,
        KerasFormatTest::nested,
        KerasFormatTest::half,
        () -> Sequential.of(Input.of(4), Dense.of(3).dtype(DTypePolicy.BFLOAT16)),
        () -> Sequential.of(Input.of(4), Dense.of(3).dtype(DTypePolicy.FLOAT16)),
        () ->
            Sequential.of(
                Input.of(4).dtype(DType.FLOAT64), Dense.of(3).dtype(DTypePolicy.FLOAT64)));
  }

  @ParameterizedTest
  @MethodSource("models")
  void a_loaded_model_is_the_saved_one(Supplier<Model> made) {
    Path file = folder.resolve("model.keras");
    try (Model model = made.get()) {
      model.save(file);
      try (Model loaded = Models.load(file)) {
        assertThat(loaded.toJson()).isEqualTo(model.toJson());
        assertThat(loaded.getWeights()).isEqualTo(model.getWeights());
        assertThat(predict(loaded)).isEqualTo(predict(model));
        assertThat(loaded.isCompiled()).isFalse();
      }
    }
  }

  @Test
  void a_scaled_loss_goes_on_with_its_scale() {
    Path file = folder.resolve("model.keras");
    try (Model model = half()) {
      model.seed(7).compile(Adam.of(), SparseCategoricalCrossentropy.of());
      model.fit(Data.of(X, Y), FIT);
      model.save(file);
      try (Model loaded = Models.load(file).seed(7)) {
        assertThat(loaded.compilation().orElseThrow().optimizer())
            .isEqualTo(LossScaleOptimizer.of(Adam.of()));
        assertThat(state(loaded)).isEqualTo(state(model));
        assertThat(loaded.fit(Data.of(X, Y), FIT).all())
            .isEqualTo(model.fit(Data.of(X, Y), FIT).all());
      }
    }
  }

  @Test
  void losses_and_metrics_of_several_outputs_come_back() {
    Input in = Input.of(4);
    SymbolicTensor features = Dense.of(3).named("features").apply(in);
    try (Model model =
        Model.of(
            List.of(in),
            List.of(
                Dense.of(1).named("value").apply(features),
                Dense.of(3).activation(SOFTMAX).named("label").apply(features)))) {
      model
          .seed(7)
          .compile(
              Compile.with(Adam.of())
                  .output("value", MeanSquaredError.of(), 0.5, Metrics.mae())
                  .output("label", SparseCategoricalCrossentropy.of())
                  .weightedMetrics("label", Metrics.accuracy())
                  .stepsPerExecution(2));
      Data data =
          Data.of(X)
              .target("value", Array.filled(DType.FLOAT32, Shape.of(16, 1), 1))
              .target("label", Y);
      model.fit(data, FIT);
      Path file = folder.resolve("model.keras");
      model.save(file);
      try (Model loaded = Models.load(file).seed(7)) {
        assertThat(loaded.evaluate(data).all()).isEqualTo(model.evaluate(data).all());
        assertThat(loaded.compilation().orElseThrow().stepsPerExecution()).isEqualTo(2);
      }
    }
  }

  @Test
  void a_model_is_saved_and_loaded_without_its_compilation_when_asked() {
    Path file = folder.resolve("model.keras");
    try (Model model = classifier()) {
      model.compile(Adam.of(), (tf, yTrue, yPred) -> tf.math.squaredDifference(yPred, yTrue));
      assertThatThrownBy(() -> model.save(file))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("/compile_config/loss")
          .hasMessageContaining("SaveOptions.DEFAULT.optimizer(false)");
      assertThat(file).doesNotExist();
      model.save(file, SaveOptions.DEFAULT.optimizer(false));
      try (Model loaded = Models.load(file)) {
        assertThat(loaded.isCompiled()).isFalse();
      }
      model.compile(Adam.of(), SparseCategoricalCrossentropy.of());
      model.save(file);
      try (Model loaded = Models.load(file, LoadOptions.DEFAULT.compile(false))) {
        assertThat(loaded.isCompiled()).isFalse();
        assertThat(predict(loaded)).isEqualTo(predict(model));
      }
    }
  }

  @Test
  void weights_that_are_not_decayed_are_not_lost_without_a_word() {
    Path file = folder.resolve("model.keras");
    try (Model model = classifier()) {
      model.compile(AdamW.of().excludeFromWeightDecay("bias"), SparseCategoricalCrossentropy.of());
      assertThatThrownBy(() -> model.save(file))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "at /compile_config/optimizer/config: Keras's files have no place for"
                  + " excludeFromWeightDecay, which would be lost; or save the model without its"
                  + " compilation: model.save(path, SaveOptions.DEFAULT.optimizer(false))");
      assertThat(file).doesNotExist();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "true,  Ibex,  true",
    "false, Ibex,  false",
    "true,  Keras, false",
    "false, Keras, false"
  })
  void compiling_by_xla_is_kept_in_files_of_ibex_and_not_taken_from_others(
      boolean asked, String writer, boolean expected) throws IOException {
    Path file = folder.resolve("model.keras");
    try (Model model = classifier()) {
      model.compile(
          Compile.with(Adam.of()).loss(SparseCategoricalCrossentropy.of()).jitCompile(asked));
      model.save(file);
      Path edited =
          Zips.edit(
              file,
              folder.resolve("edited.keras"),
              KerasDescription.METADATA,
              b -> new String(b, UTF_8).replace("Ibex", writer).getBytes(UTF_8));
      try (Model loaded = Models.load(edited)) {
        assertThat(loaded.compilation().orElseThrow().jitCompile()).isEqualTo(expected);
      }
    }
  }

  @Test
  void a_file_is_replaced_only_if_that_is_allowed() {
    Path file = folder.resolve("model.keras");
    try (Model model = classifier()) {
      model.save(file);
      assertThatThrownBy(() -> model.save(file, SaveOptions.DEFAULT.overwrite(false)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("is there already");
      model.save(file);
      assertThat(folder)
          .isDirectoryContaining(file::equals)
          .isDirectoryNotContaining("glob:**.tmp");
    }
  }

  @Test
  void a_model_is_read_from_a_directory_of_its_parts() throws IOException {
    Path file = folder.resolve("model.keras");
    Path parts = Files.createDirectory(folder.resolve("parts"));
    try (Model model = classifier()) {
      model.save(file);
      unzip(file, parts);
      try (Model loaded = Models.load(parts)) {
        assertThat(predict(loaded)).isEqualTo(predict(model));
      }
    }
  }

  @Test
  void parts_are_stored_uncompressed_as_keras_does() throws IOException {
    Path file = folder.resolve("model.keras");
    try (Model model = classifier();
        InputStream in = write(model, file);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (String name : List.of("metadata.json", "config.json", "model.weights.h5")) {
        ZipEntry entry = zip.getNextEntry();
        assertThat(entry).isNotNull();
        assertThat(entry.getName()).isEqualTo(name);
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
      }
    }
  }

  @Test
  void a_name_of_no_format_is_refused() {
    try (Model model = classifier()) {
      assertThatThrownBy(() -> model.save(folder.resolve("model.bin")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("*.keras");
      assertThatThrownBy(() -> model.save(folder.resolve("model.weights.json")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("saveWeights");
    }
  }

  @Test
  void weights_that_do_not_fit_are_listed_beside_those_of_the_model() throws IOException {
    Path file = folder.resolve("model.keras");
    Path parts = Files.createDirectory(folder.resolve("parts"));
    try (Model model = classifier();
        Model other = Sequential.of(Input.of(4), Dense.of(5), Dense.of(2).named("extra"))) {
      model.save(file);
      unzip(file, parts);
      Path odd = Files.createDirectory(folder.resolve("odd"));
      other.save(folder.resolve("other.keras"));
      unzip(folder.resolve("other.keras"), odd);
      Files.copy(
          parts.resolve("config.json"),
          odd.resolve("config.json"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThatThrownBy(() -> Models.load(odd))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("model.weights.h5")
          .hasMessageContaining("nothing was loaded")
          .hasMessageMatching(
              "(?s).*! layers/dense/vars/0 +float32\\(4, 5\\) +dense/kernel float32\\(4, 8\\).*")
          .hasMessageMatching(
              "(?s).*! layers/batch_normalization/vars/0 +- +batch_normalization/gamma.*");
    }
  }

  private static InputStream write(Model model, Path file) throws IOException {
    model.save(file);
    return Files.newInputStream(file);
  }

  private static void unzip(Path file, Path target) throws IOException {
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
        Files.write(target.resolve(e.getName()), zip.readAllBytes());
      }
    }
  }

  private static List<Array> state(Model model) {
    return model.optimizerVariables().stream().map(Variable::value).toList();
  }

  private static Array predict(Model model) {
    return model.predict(X).array();
  }

  private static Model classifier() {
    return Sequential.of(
            Input.of(4),
            Dense.of(8).activation(RELU),
            BatchNormalization.of(),
            Dropout.of(0.2),
            Dense.of(3).activation(SOFTMAX))
        .seed(7);
  }

  private static Model half() {
    return Sequential.of(
            Input.of(4),
            Dense.of(8).activation(RELU).dtype(DTypePolicy.MIXED_FLOAT16),
            Dense.of(3).activation(SOFTMAX))
        .seed(7);
  }

  /** A model in a model, a layer used twice, and operations on tensors. */
  private static Model nested() {
    Dense shared = Dense.of(4).named("shared");
    Input in = Input.of(4);
    SymbolicTensor twice = shared.apply(shared.apply(in)).times(2).plus(1);
    Sequential inner = Sequential.of("inner", List.of(Input.of(4), Dense.of(2), Dense.of(3)));
    return Model.of(in, Concatenate.of().apply(inner.apply(twice), twice.minus(in)));
  }
}
