package dev.ibex.savedmodel.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.SaveOptions;
import dev.ibex.Sequential;
import dev.ibex.Values;
import dev.ibex.core.Optimizer;
import dev.ibex.core.Variable;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
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
import dev.ibex.savedmodel.hdf5.Hdf5Content;
import dev.ibex.savedmodel.hdf5.Hdf5File;
import dev.ibex.schedules.ExponentialDecay;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LegacyFormatTest {
  @TempDir Path folder;

  // ---- round trips ------------------------------------------------------------------------

  static Stream<Optimizer> optimizers() {
    return Stream.of(
        Adadelta.of(),
        Adafactor.of(),
        Adagrad.of(),
        Adam.of(0.01).amsgrad(true),
        AdamW.of(0.01),
        Adamax.of(0.01),
        Ftrl.of(),
        Lamb.of(0.01),
        Lion.of(0.01),
        LossScaleOptimizer.of(Adam.of(0.01)),
        Nadam.of(0.01),
        RMSprop.of(0.01).momentum(0.5).centered(true),
        SGD.of(0.01),
        SGD.of(0.01).momentum(0.9).useEma(true).gradientAccumulationSteps(2),
        SGD.of(0).learningRate(ExponentialDecay.of(0.1, 2, 0.5)).momentum(0.9));
  }

  @ParameterizedTest
  @MethodSource("optimizers")
  void training_goes_on_bit_for_bit(Optimizer optimizer) {
    Path file = folder.resolve("model.h5");
    try (Model model = Nets.compiled(optimizer)) {
      Nets.train(model);
      model.save(file);
      try (Model again = Models.load(file)) {
        again.seed(5);
        assertThat(again.compilation().orElseThrow().optimizer()).isEqualTo(optimizer);
        assertThat(values(again)).isEqualTo(values(model));
        Nets.train(model);
        Nets.train(again);
        assertThat(values(again)).isEqualTo(values(model));
      }
    }
  }

  /** Returns all weights and the optimizer's state. */
  private static List<List<Double>> values(Model model) {
    List<Variable> all = new ArrayList<>(model.weights());
    if (model.isCompiled()) {
      all.addAll(model.optimizerVariables());
    }
    return Values.of(all).stream()
        .map(a -> Stream.iterate(0, i -> i + 1).limit(a.size()).map(a::number).toList())
        .toList();
  }

  @Test
  void a_partly_frozen_model_keeps_its_weights() {
    Path file = folder.resolve("model.hdf5");
    try (Model model = Nets.nested()) {
      ((Model) model.layer("inner")).layer("dense").freeze();
      model.save(file);
      try (Model again = Models.load(file)) {
        assertThat(values(again)).isEqualTo(values(model));
        assertThat(again.isCompiled()).isFalse();
      }
    }
  }

  @Test
  void the_compilation_is_left_out_on_either_side() {
    Path file = folder.resolve("model.h5");
    try (Model model = Nets.compiled(Adam.of())) {
      Nets.train(model);
      model.save(file);
      try (Model again = Models.load(file, LoadOptions.DEFAULT.compile(false))) {
        assertThat(again.isCompiled()).isFalse();
      }
      model.save(file, SaveOptions.DEFAULT.optimizer(false));
    }
    try (Hdf5File hdf = Hdf5File.open(file)) {
      assertThat(hdf.root().text("training_config")).isEmpty();
      assertThat(hdf.root().group("optimizer_weights")).isEmpty();
    }
    try (Model again = Models.load(file)) {
      assertThat(again.isCompiled()).isFalse();
    }
  }

  @Test
  void a_model_that_was_never_trained_starts_with_new_slots() {
    Path file = folder.resolve("model.h5");
    try (Model model = Nets.compiled(Adam.of())) {
      write(file, content(model, model.optimizerVariables().subList(0, 1), n -> "iteration:0"));
    }
    try (Model again = Models.load(file)) {
      assertThat(again.optimizerVariables()).hasSizeGreaterThan(2);
    }
  }

  // ---- states of Keras 2 ------------------------------------------------------------------

  static Stream<Arguments> dialects() {
    return Stream.of(
        Arguments.of(
            Adam.of().amsgrad(true), List.of("momentum=m", "velocity=v", "velocity_hat=vhat"), 3),
        Arguments.of(Adamax.of(), List.of("momentum=m", "norm=u"), 2),
        Arguments.of(
            RMSprop.of().momentum(0.5).centered(true),
            List.of("velocity=velocity", "momentum=momentum", "average_gradient=average_gradient"),
            3),
        Arguments.of(SGD.of(0.1).momentum(0.5), List.of("momentum=m"), 1),
        Arguments.of(
            Adadelta.of(),
            List.of(
                "accumulated_grad=accumulated_grad", "accumulated_delta_var=accumulated_delta_var"),
            2));
  }

  static Stream<Arguments> formerDialects() {
    return Stream.of(
        Arguments.of(
            Adam.of().amsgrad(true), List.of("momentum=m", "velocity=v", "velocity_hat=vhat"), 3),
        Arguments.of(Adamax.of(), List.of("momentum=m", "norm=v"), 2),
        Arguments.of(
            RMSprop.of().momentum(0.5).centered(true),
            List.of("velocity=rms", "momentum=momentum", "average_gradient=mg"),
            3),
        Arguments.of(SGD.of(0.1).momentum(0.5), List.of("momentum=momentum"), 1),
        Arguments.of(Adagrad.of(), List.of("accumulator=accumulator"), 1),
        Arguments.of(Ftrl.of(), List.of("accumulator=accumulator", "linear=linear"), 2));
  }

  /** {@code Adam/m/dense/kernel:0}. */
  @ParameterizedTest
  @MethodSource("dialects")
  void states_of_keras_2_are_told_by_name(Optimizer optimizer, List<String> kinds, int slots) {
    same(optimizer, slots, path -> slot(path, kinds, false), "iteration:0");
  }

  /** {@code Adam/dense/kernel/m:0}, and {@code training/…} in front in some versions. */
  @ParameterizedTest
  @MethodSource("formerDialects")
  void states_of_former_optimizers_are_told_by_name(
      Optimizer optimizer, List<String> kinds, int slots) {
    same(optimizer, slots, path -> slot(path, kinds, true), "Adam/iter:0");
    same(optimizer, slots, path -> "training/" + slot(path, kinds, true), "training/Adam/iter:0");
  }

  private static String slot(String path, List<String> kinds, boolean former) {
    int slash = path.lastIndexOf('/');
    String weight = path.substring(0, slash);
    String kind =
        kinds.stream()
            .filter(k -> k.startsWith(path.substring(slash + 1) + "="))
            .findFirst()
            .orElseThrow()
            .replaceFirst(".*=", "");
    return "Adam/" + (former ? weight + "/" + kind : kind + "/" + weight) + ":0";
  }

  /** Writes the state under other names, in another order. */
  private void same(Optimizer optimizer, int slots, UnaryOperator<String> name, String iteration) {
    Path file = folder.resolve("model.h5");
    try (Model model = Nets.compiled(optimizer)) {
      Nets.train(model);
      List<Variable> state =
          new ArrayList<>(
              model.optimizerVariables().stream()
                  .filter(v -> !v.name().equals("learning_rate"))
                  .toList());
      int trained = (int) model.weights().stream().filter(Variable::trainable).count();
      assertThat(state).hasSize(1 + slots * trained);
      Collections.reverse(state);
      write(
          file,
          content(model, state, path -> path.equals("iteration") ? iteration : name.apply(path)));
      try (Model again = Models.load(file)) {
        assertThat(values(again)).isEqualTo(values(model));
      }
    }
  }

  /** Returns a file with some of the optimizer's state, under names of Keras 2. */
  private static Hdf5Content content(
      Model model, List<Variable> state, UnaryOperator<String> name) {
    Hdf5Content content = LegacyContent.of(model, false);
    String training = ModelCodec.get().toTrainingJson(model).replace("\"learning_rate\"", "\"lr\"");
    content.attribute("", "training_config", training);
    content.group("optimizer_weights");
    Map<String, String> paths = new HashMap<>(); // of weights, in this model by those in theirs
    model.network().weights().forEach((path, weight) -> paths.put(weight.path(), path));
    List<String> names = new ArrayList<>();
    for (Variable v : state) {
      String weight = v.path().substring(0, Math.max(0, v.path().lastIndexOf('/')));
      names.add(name.apply(weight.isEmpty() ? v.path() : paths.get(weight) + "/" + v.name()));
    }
    content.attribute("optimizer_weights", "weight_names", names);
    for (int i = 0; i < names.size(); i++) {
      content.dataset("optimizer_weights/" + names.get(i), state.get(i).value());
    }
    return content;
  }

  @Test
  void a_momentum_that_is_never_used_is_no_fault() {
    Path file = folder.resolve("model.h5");
    try (Model model = Nets.compiled(SGD.of(0.1).momentum(0.5))) {
      Nets.train(model);
      List<Variable> state = model.optimizerVariables();
      model.compile(SGD.of(0.1), MeanSquaredError.of());
      List<String> kinds = List.of("momentum=m");
      write(
          file,
          content(
              model,
              state.stream().filter(v -> !v.name().equals("learning_rate")).toList(),
              p -> p.equals("iteration") ? "iteration:0" : slot(p, kinds, false)));
    }
    try (Model again = Models.load(file)) {
      assertThat(again.optimizerVariables()).hasSize(2);
    }
  }

  @Test
  void a_state_that_is_not_the_optimizers_is_refused() {
    Path file = folder.resolve("model.h5");
    try (Model model = Nets.compiled(Adam.of())) {
      Nets.train(model);
      List<Variable> state = model.optimizerVariables();
      write(
          file,
          content(model, state, p -> p.length() < 15 ? p + ":0" : "training/Adam/Variable_" + p));
    }
    assertThatThrownBy(() -> Models.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(
            file
                + "!optimizer_weights: the state of the optimizer cannot be told for certain; to"
                + " load the model without its compilation")
        .hasMessageContaining("training/Adam/Variable_")
        .hasMessageContaining("LoadOptions.DEFAULT.compile(false)");
    try (Model again = Models.load(file, LoadOptions.DEFAULT.compile(false))) {
      assertThat(again.parameterCount()).isPositive();
    }
  }

  // ---- bad input --------------------------------------------------------------------------

  private static void write(Path file, Hdf5Content content) {
    try (OutputStream out = Files.newOutputStream(file)) {
      content.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path damaged(String weightNames, String layerNames) {
    Path file = folder.resolve("model.h5");
    try (Model model = Nets.nested()) {
      Hdf5Content content = new Hdf5Content();
      content.attribute("", "model_config", model.toJson());
      content.group("model_weights");
      content.attribute("model_weights", "layer_names", Arrays.asList(layerNames.split(",", -1)));
      content.group("model_weights/out");
      if (!weightNames.isEmpty()) {
        content.attribute(
            "model_weights/out", "weight_names", Arrays.asList(weightNames.split(",", -1)));
      }
      content.dataset("model_weights/out/kernel:0", Nets.random(1, 6, 2));
      write(file, content);
    }
    return file;
  }

  static Stream<Arguments> damages() {
    return Stream.of(
        Arguments.of("", "out", "the attribute \"weight_names\" is missing"),
        Arguments.of("kernel:0,bias:0", "out", "lists \"bias:0\", but there is no such array"),
        Arguments.of("kernel:0", "out,odd", "lists the layer \"odd\", but there is no such group"),
        Arguments.of("kernel:0", "out", "the file has 1 layers with weights and the model has 3"));
  }

  @ParameterizedTest
  @MethodSource("damages")
  void an_incomplete_file_is_refused_with_what_is_missing(
      String weightNames, String layerNames, String text) {
    Path file = damaged(weightNames, layerNames);
    assertThatThrownBy(() -> Models.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(text);
  }

  @Test
  void a_weight_of_another_shape_is_listed_beside_the_models() {
    Path file = folder.resolve("model.h5");
    try (Model model = Sequential.of(Input.of(6), Dense.of(3).useBias(false).named("out"))) {
      Hdf5Content content = new Hdf5Content();
      content.attribute("", "model_config", model.toJson());
      content.group("model_weights/out");
      content.attribute("model_weights", "layer_names", List.of("out"));
      content.attribute("model_weights/out", "weight_names", List.of("kernel:0"));
      content.dataset("model_weights/out/kernel:0", Nets.random(1, 6, 2));
      write(file, content);
    }
    assertThatThrownBy(() -> Models.load(file))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file + "!model_weights: the weights do not fit the model")
        .hasMessageContaining("! out weight  1  kernel:0 float32(6, 2)  out/kernel float32(6, 3)");
  }

  @Test
  void files_of_weights_alone_are_named_as_such() {
    Path keras3 = folder.resolve("model.weights.h5");
    Path keras2 = folder.resolve("weights.h5");
    try (Model model = Nets.nested()) {
      model.saveWeights(keras3);
    }
    Hdf5Content content = new Hdf5Content();
    content.attribute("", "layer_names", List.of());
    write(keras2, content);
    for (Path file : List.of(keras3, keras2)) {
      assertThatThrownBy(() -> Models.load(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining(
              "there is no attribute \"model_config\", so this is no whole model; the file holds"
                  + " weights alone: build the model and read them by loadWeights");
    }
    Path other = folder.resolve("other.h5");
    write(other, new Hdf5Content().group("spectra"));
    assertThatThrownBy(() -> Models.load(other))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("it holds [spectra] of something else");
  }

  @Test
  void faults_of_the_description_and_of_the_compilation_have_their_places() {
    Path file = folder.resolve("model.h5");
    Hdf5Content content = new Hdf5Content();
    content.attribute("", "model_config", "{\"class_name\": \"Sequential\"}");
    write(file, content);
    assertThatThrownBy(() -> Models.load(file))
        .hasMessage(file + "!model_config at /: the key \"config\" is missing");
    try (Model model = Nets.nested()) {
      Hdf5Content written = LegacyContent.of(model, false);
      written.attribute("", "training_config", "{\"optimizer_config\": \"adam\", \"loss\": 3}");
      write(file, written);
    }
    assertThatThrownBy(() -> Models.load(file))
        .hasMessageStartingWith(
            file + "!training_config at /loss: expected a loss, got 3; to load");
  }
}
