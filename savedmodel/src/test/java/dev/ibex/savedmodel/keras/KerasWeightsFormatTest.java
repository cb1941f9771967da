package dev.ibex.savedmodel.keras;

import static dev.ibex.activations.Activations.RELU;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Sequential;
import dev.ibex.WeightOptions;
import dev.ibex.WeightReport;
import dev.ibex.core.Variable;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.SGD;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

class KerasWeightsFormatTest {
  private static final Array X = Array.generate(DType.FLOAT32, Shape.of(8, 4), i -> Math.sin(i));
  private static final Array Y = Array.generate(DType.FLOAT32, Shape.of(8, 2), i -> Math.cos(i));
  private static final WeightOptions BY_NAME = WeightOptions.DEFAULT.byName(true);

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void file() {
    file = folder.resolve("model.weights.h5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"model.weights.h5", "model.keras", "model.weights"})
  void weights_are_those_that_were_saved(String name) {
    Path path = folder.resolve(name);
    try (Model model = model(8);
        Model other = model(8)) {
      if (name.endsWith(".keras")) {
        model.save(path);
      } else {
        model.saveWeights(path);
      }
      assertThat(other.getWeights()).isNotEqualTo(model.getWeights());
      other.loadWeights(path);
      assertThat(other.getWeights()).isEqualTo(model.getWeights());
    }
  }

  @Test
  void the_state_of_the_same_optimizer_comes_along() {
    try (Model model = model(8);
        Model other = model(8)) {
      model.compile(Adam.of(), MeanSquaredError.of());
      model.fit(Data.of(X, Y), Fit.epochs(2));
      model.saveWeights(file);
      other.compile(Adam.of(), MeanSquaredError.of());
      WeightReport report = other.loadWeights(file);
      assertThat(values(other)).isEqualTo(values(model));
      assertThat(report.loaded()).contains("hidden/kernel", "iteration");
      assertThat(report.skipped()).isEmpty();
    }
  }

  @Test
  void a_state_that_is_not_used_is_said_to_be() {
    try (Model model = model(8);
        Model other = model(8)) {
      model.compile(Adam.of(), MeanSquaredError.of());
      model.saveWeights(file);
      assertThat(other.loadWeights(file).skipped())
          .containsExactly("optimizer: the file has a state, but the model is not compiled");
      other.compile(Adam.of(), MeanSquaredError.of());
      assertThat(other.loadWeights(file, BY_NAME).skipped())
          .containsExactly("optimizer: its state in the file has no names of layers");
    }
  }

  @Test
  void slots_that_a_trained_state_has_lost_are_missed() {
    try (Model model = model(8);
        Model other = model(8)) {
      model.compile(SGD.of(0.1), MeanSquaredError.of());
      model.saveWeights(file);
      other.compile(Adam.of(), MeanSquaredError.of());
      assertThat(other.loadWeights(file).skipped()).isEmpty(); // no step was done
      model.fit(Data.of(X, Y), Fit.epochs(1));
      model.saveWeights(file);
      assertThat(other.loadWeights(file).skipped())
          .containsExactly("optimizer: its state in the file is that of another optimizer");
    }
  }

  @Test
  void the_state_of_another_optimizer_is_left_out_and_said_to_be() {
    try (Model model = model(8);
        Model other = model(8)) {
      model.compile(Adam.of(), MeanSquaredError.of());
      model.fit(Data.of(X, Y), Fit.epochs(1));
      model.saveWeights(file);
      other.compile(SGD.of(0.1), MeanSquaredError.of());
      WeightReport report = other.loadWeights(file, WeightOptions.DEFAULT);
      assertThat(other.getWeights()).isEqualTo(model.getWeights());
      assertThat(report.skipped())
          .containsExactly("optimizer: its state in the file is that of another optimizer");
    }
  }

  @Test
  void weights_of_another_model_are_refused_and_none_is_stored() {
    try (Model model = model(8);
        Model other = model(5)) {
      model.saveWeights(file);
      Map<String, Array> before = other.getWeights();
      assertThatThrownBy(() -> other.loadWeights(file))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("layers/dense/vars/0")
          .hasMessageContaining("float32(4, 8)")
          .hasMessageContaining("hidden/kernel float32(4, 5)");
      assertThat(other.getWeights()).isEqualTo(before);
    }
  }

  @Test
  void layers_that_do_not_fit_stay_whole_where_that_is_asked_for() {
    try (Model model = model(8);
        Model other = model(8, 5)) {
      model.saveWeights(file);
      Map<String, Array> before = other.getWeights();
      WeightReport report = other.loadWeights(file, WeightOptions.DEFAULT.skipMismatch(true));
      assertThat(report.loaded())
          .contains("hidden/kernel")
          .doesNotContain("out/kernel", "out/bias");
      assertThat(report.skipped())
          .containsExactly(
              "layers/dense_1/vars/0: (8, 2) in the file, (8, 5) in the model",
              "layers/dense_1/vars/1: (2) in the file, (5) in the model");
      assertThat(other.weight("hidden/kernel").value())
          .isEqualTo(model.weight("hidden/kernel").value());
      assertThat(other.weight("out/bias").value()).isEqualTo(before.get("out/bias"));
    }
  }

  @Test
  void layers_are_matched_by_name_where_that_is_asked_for() {
    try (Model model = model(8);
        Model other =
            Sequential.of(
                Input.of(4),
                Dense.of(4).named("first"),
                Dense.of(8).named("hidden"),
                Dense.of(3).named("last"))) {
      model.saveWeights(file);
      WeightReport report = other.loadWeights(file, BY_NAME);
      assertThat(report.loaded()).containsExactly("hidden/kernel", "hidden/bias");
      assertThat(report.skipped())
          .contains("first/vars/0: not in the file", "out/vars/0: not in the model")
          .hasSize(2 + 2 + 4 + 2);
      assertThat(other.weight("hidden/kernel").value())
          .isEqualTo(model.weight("hidden/kernel").value());
    }
  }

  @Test
  void a_layer_of_the_same_name_and_another_shape_is_refused() {
    try (Model model = model(8);
        Model other = model(5)) {
      model.saveWeights(file);
      assertThatThrownBy(() -> other.loadWeights(file, BY_NAME))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("hidden/vars/0");
      WeightReport report = other.loadWeights(file, BY_NAME.skipMismatch(true));
      assertThat(report.loaded()).isEmpty();
      assertThat(report.skipped()).contains("out/vars/1: another weight of its layer does not fit");
    }
  }

  @Test
  void names_of_models_inside_lead_to_their_layers() {
    try (Model model = nested("a", "inner");
        Model other = nested("b", "inner");
        Model stranger = nested("a", "outer")) {
      model.saveWeights(file);
      assertThat(other.loadWeights(file, BY_NAME).loaded())
          .containsExactly("inner/one/kernel", "inner/one/bias");
      assertThat(stranger.loadWeights(file, BY_NAME).loaded())
          .containsExactly("a/kernel", "a/bias");
    }
  }

  private static List<Array> values(Model model) {
    return model.optimizerVariables().stream().map(Variable::value).toList();
  }

  private static Model model(int units) {
    return model(units, 2);
  }

  private static Model model(int units, int outputs) {
    return Sequential.of(
        Input.of(4),
        Dense.of(units).activation(RELU).named("hidden"),
        BatchNormalization.of(),
        Dense.of(outputs).named("out"));
  }

  private static Model nested(String last, String inner) {
    return Sequential.of(
        Input.of(4),
        Sequential.of(inner, List.of(Input.of(4), Dense.of(3).named("one"))),
        Dense.of(2).named(last));
  }
}
