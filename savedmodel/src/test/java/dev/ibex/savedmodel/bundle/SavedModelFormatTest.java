package dev.ibex.savedmodel.bundle;

import static dev.ibex.activations.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Add;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Lambda;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.Adam;
import dev.ibex.savedmodel.ExportOptions;
import dev.ibex.savedmodel.ExportSignature;
import dev.ibex.savedmodel.SavedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.ndarray.Shape;

/** Models come back from the SavedModels they were exported to. */
class SavedModelFormatTest {
  private static final Fit ONE = Fit.epochs(1).shuffle(false);

  @TempDir Path folder;
  private Path exported = Path.of("");

  @BeforeEach
  void name() {
    exported = folder.resolve("exported");
  }

  private static Array array(int samples, int width) {
    return Array.generate(DType.FLOAT32, Shape.of(samples, width), i -> Math.sin(i * 1.7));
  }

  private static Model normalized() {
    return Sequential.of(
        Input.of(4),
        Dense.of(3).activation(RELU),
        BatchNormalization.of(),
        BatchNormalization.of(),
        Dense.of(2));
  }

  /** Layers that are described in another order than they are met in, all of one shape. */
  private static Model branched() {
    Input left = Input.of(4).named("left");
    Input right = Input.of(4).named("right");
    SymbolicTensor late = Dense.of(4).apply(right);
    SymbolicTensor early = Dense.of(4).apply(left);
    SymbolicTensor sum = Add.of().apply(early, Dense.of(4).apply(late));
    SymbolicTensor second = Dense.of(4).named("second").apply(sum);
    return Model.of(List.of(left, right), List.of(second, Dense.of(4).named("first").apply(late)));
  }

  private static Model shared() {
    Input left = Input.of(4).named("left");
    Input right = Input.of(4).named("right");
    Dense twice = Dense.of(4);
    SymbolicTensor both = Concatenate.of().apply(twice.apply(left), twice.apply(right));
    return Model.of(List.of(left, right), List.of(Dense.of(2).apply(twice.apply(left)), both));
  }

  private static Model nested() {
    Sequential inner =
        Sequential.of("inner", List.of(Input.of(4), Dense.of(4), BatchNormalization.of()));
    Input x = Input.of(4);
    return Model.of(x, inner.apply(Dense.of(4).apply(inner.apply(x))));
  }

  /** A model of a part of another one, whose weights have the paths of the former. */
  private static Model part() {
    Model whole = normalized();
    return Model.of(whole.input(), whole.layers().get(2).output());
  }

  static List<Arguments> models() {
    return Stream.of(false, true).flatMap(SavedModelFormatTest::models).toList();
  }

  static List<Arguments> compiled() {
    return models(true).toList();
  }

  private static Stream<Arguments> models(boolean compiled) {
    return Stream.of(
        arguments("normalized", compiled, model(() -> normalized())),
        arguments("branched", compiled, model(() -> branched())),
        arguments("shared", compiled, model(() -> shared())),
        arguments("nested", compiled, model(() -> nested())),
        arguments("part", compiled, model(() -> part())));
  }

  private static Supplier<Model> model(Supplier<Model> model) {
    return model;
  }

  private static Data inputs(Model model) {
    return model.inputs().size() == 1
        ? Data.inputs(model.inputNames().get(0), array(6, 4))
        : Data.inputs("left", array(6, 4)).input("right", array(6, 4));
  }

  private static Data data(Model model) {
    Data data = inputs(model);
    for (int i = 0; i < model.outputs().size(); i++) {
      int width = (int) model.outputs().get(i).spec().shape().get(1);
      data = data.target(model.outputNames().get(i), array(6, width));
    }
    return data;
  }

  private static List<Array> values(List<Variable> variables) {
    return variables.stream().map(Variable::value).toList();
  }

  /** Compiles and trains, so that no weight is what it is at first and all differ. */
  private static void train(Model model, boolean compiled) {
    model.seed(7);
    if (compiled) {
      model.compile(Adam.of(0.01), MeanSquaredError.of());
      model.fit(data(model), ONE);
    }
  }

  @ParameterizedTest(name = "{0}, compiled: {1}")
  @MethodSource("models")
  void a_model_comes_back(String name, boolean compiled, Supplier<Model> made) {
    try (Model model = made.get()) {
      train(model, compiled);
      SavedModels.export(model, exported);
      try (Model loaded = Models.load(exported)) {
        assertThat(loaded.toJson()).isEqualTo(model.toJson());
        assertThat(loaded.getWeights()).isEqualTo(model.getWeights());
        assertThat(loaded.predict(inputs(loaded)).all())
            .isEqualTo(model.predict(inputs(model)).all());
        assertThat(loaded.isCompiled()).isEqualTo(compiled);
      }
    }
  }

  @ParameterizedTest(name = "{0}, compiled: {1}")
  @MethodSource("compiled")
  void training_goes_on_where_a_signature_trains(
      String name, boolean compiled, Supplier<Model> made) {
    try (Model model = made.get()) {
      train(model, compiled);
      Data data = data(model);
      SavedModels.export(
          model,
          exported,
          ExportOptions.DEFAULT.signature("train", ExportSignature.training(data)));
      try (Model loaded = Models.load(exported)) {
        assertThat(values(loaded.optimizerVariables()))
            .isEqualTo(values(model.optimizerVariables()));
        assertThat(loaded.fit(data, ONE).all()).isEqualTo(model.fit(data, ONE).all());
        assertThat(loaded.getWeights()).isEqualTo(model.getWeights());
      }
      try (Model plain = Models.load(exported, LoadOptions.DEFAULT.compile(false))) {
        assertThat(plain.isCompiled()).isFalse();
      }
    }
  }

  @Test
  void the_optimizer_is_new_where_no_signature_trains() {
    try (Model model = normalized()) {
      train(model, true);
      SavedModels.export(model, exported);
      try (Model loaded = Models.load(exported)) {
        assertThat(model.optimizerVariables().get(0).value().longs()).containsExactly(1);
        assertThat(loaded.optimizerVariables().get(0).value().longs()).containsExactly(0);
        loaded.fit(data(loaded), ONE);
        assertThat(loaded.getWeights()).isNotEqualTo(model.getWeights());
      }
    }
  }

  @Test
  void a_compilation_without_a_form_in_files_is_left_out() {
    try (Model model = normalized()) {
      model.compile(
          Adam.of(0.01), (tf, target, output) -> tf.math.squaredDifference(target, output));
      SavedModels.export(model, exported);
      try (Model loaded = Models.load(exported)) {
        assertThat(loaded.isCompiled()).isFalse();
        assertThat(loaded.getWeights()).isEqualTo(model.getWeights());
      }
    }
  }

  @Test
  void a_model_with_a_layer_without_a_form_in_files_is_exported_as_graph_alone() {
    try (Model model =
        Sequential.of(Input.of(2), Lambda.of((tf, x) -> tf.math.mul(x, x)), Dense.of(1))) {
      SavedModels.export(model, exported);
      assertThat(KerasFiles.areIn(exported)).isFalse();
      assertThat(exported.resolve("assets.extra")).doesNotExist();
      assertThatExceptionOfType(ModelFormatException.class)
          .isThrownBy(() -> Models.load(exported))
          .withMessageStartingWith(
              exported + ": a SavedModel directory with graphs and without a description")
          .withMessageContainingAll("SavedModels.load(path)", "SavedModelLayer.of(path)");
    }
  }

  @Test
  void whole_models_are_not_saved_as_directories() {
    try (Model model = normalized()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.save(exported))
          .withMessageEndingWith(
              exported + "; a SavedModel is written by SavedModels.export(model, directory)");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "saved_model.pb, saved_model.pb: it is damaged or was not completely written",
    "variables/variables.index, !variables/variables.index",
    "variables/variables.data-00000-of-00001, !variables/variables.data-00000-of-00001",
    "assets.extra/keras/config.json, keras!config.json",
  })
  void a_part_that_is_cut_off_is_named(String part, String text) throws IOException {
    try (Model model = normalized()) {
      SavedModels.export(model, exported);
    }
    byte[] whole = Files.readAllBytes(exported.resolve(part));
    Files.write(exported.resolve(part), java.util.Arrays.copyOf(whole, whole.length / 2));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(exported))
        .withMessageStartingWith(exported.toString())
        .withMessageContaining(text);
  }

  @Test
  void a_value_that_was_changed_is_refused() throws IOException {
    try (Model model = normalized()) {
      SavedModels.export(model, exported);
    }
    Path data = exported.resolve("variables/variables.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(data);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] ^= 1;
    }
    Files.write(data, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(exported))
        .withMessageStartingWith(exported + "!variables/variables.index: it is damaged");
  }

  @Test
  void weights_that_do_not_fit_the_description_are_listed() throws IOException {
    try (Model model = normalized()) {
      SavedModels.export(model, exported);
    }
    Path config = KerasFiles.folder(exported).resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("\"units\":3", "\"units\":5"));
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(exported))
        .withMessageContaining("the weights do not fit the model; nothing was loaded.")
        .withMessageContaining("! variables/0");
  }
}
