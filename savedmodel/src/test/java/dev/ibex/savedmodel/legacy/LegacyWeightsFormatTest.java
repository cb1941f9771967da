package dev.ibex.savedmodel.legacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Sequential;
import dev.ibex.WeightOptions;
import dev.ibex.WeightReport;
import dev.ibex.graph.Array;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Dense;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LegacyWeightsFormatTest {
  private static final WeightOptions IN_ORDER = WeightOptions.DEFAULT;
  private static final WeightOptions BY_NAME = IN_ORDER.byName(true);

  @TempDir Path folder;

  /**
   * Returns a model of dense layers, each {@code name:units} or without a bias {@code name:-units}.
   */
  private static Model dense(String... layers) {
    List<dev.ibex.core.Layer> all = new ArrayList<>(List.of(Input.of(2)));
    for (String layer : layers) {
      String[] parts = layer.split(":", -1);
      int units = Integer.parseInt(parts[1]);
      all.add(Dense.of(Math.abs(units)).useBias(units > 0).named(parts[0]));
    }
    return Sequential.of("", all);
  }

  private Path file(String... layers) {
    Path file = folder.resolve("model.h5");
    try (Model model = dense(layers)) {
      model.save(file);
    }
    return file;
  }

  @Test
  void weights_are_loaded_in_order_whatever_their_names() {
    Path file = file("a:3", "b:2");
    try (Model model = dense("x:3", "y:2")) {
      assertThat(model.loadWeights(file, IN_ORDER).loaded())
          .containsExactlyInAnyOrder("x/kernel", "x/bias", "y/kernel", "y/bias");
      try (Model again = dev.ibex.Models.load(file)) {
        assertThat(model.layer("y").weights().get(0).value().floats())
            .isEqualTo(again.layer("b").weights().get(0).value().floats());
      }
    }
  }

  /** A frozen model's weights are in another order than those of one that trains. */
  @Test
  void weights_find_their_places_whether_frozen_or_not() {
    Path file = folder.resolve("frozen.h5");
    try (Model model = normalized();
        Model other = normalized()) {
      model.freeze("inner");
      model.save(file);
      other.loadWeights(file);
      assertThat(other.getWeights()).isEqualTo(model.getWeights());
      other.save(file);
      model.setWeights(normalized().getWeights());
      model.loadWeights(file);
      assertThat(model.getWeights()).isEqualTo(other.getWeights());
    }
  }

  private static Model normalized() {
    Sequential inner =
        Sequential.of(
            "inner",
            List.of(Input.of(4), BatchNormalization.of(), BatchNormalization.of(), Dense.of(4)));
    Model model = Sequential.of(Input.of(4), inner, Dense.of(1));
    Map<String, Array> weights = new LinkedHashMap<>();
    model
        .getWeights()
        .forEach(
            (path, a) -> weights.put(path, Array.filled(a.dtype(), a.shape(), weights.size())));
    model.setWeights(weights);
    return model;
  }

  @Test
  void weights_are_loaded_by_name_and_other_layers_are_reported() {
    Path file = file("a:3", "b:2");
    try (Model model = dense("x:2", "b:2")) {
      assertThatThrownBy(() -> model.loadWeights(file, BY_NAME))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("b/kernel float32(3, 2)  b/kernel float32(2, 2)");
      WeightReport report = model.loadWeights(file, BY_NAME.skipMismatch(true));
      assertThat(report.loaded()).containsExactly("b/bias");
      assertThat(report.skipped())
          .containsExactly(
              "a: not in the model",
              "x: not in the file",
              "b weight  1: (3, 2) in the file, (2, 2) in the model");
    }
  }

  @Test
  void a_layer_with_another_number_of_weights_is_skipped_as_a_whole() {
    Path file = file("a:3", "b:2");
    try (Model model = dense("a:3", "b:-2")) {
      assertThatThrownBy(() -> model.loadWeights(file, BY_NAME))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("! b weight  2  b/bias float32(2)");
      WeightReport report = model.loadWeights(file, IN_ORDER.skipMismatch(true));
      assertThat(report.loaded()).containsExactly("a/kernel", "a/bias");
      assertThat(report.skipped())
          .containsExactly("layer   2: another number of weights in the file than in the model");
    }
  }

  @Test
  void another_number_of_layers_cannot_be_matched_in_order() {
    Path file = file("a:3", "b:2");
    try (Model model = dense("a:3")) {
      for (WeightOptions options : List.of(IN_ORDER, IN_ORDER.skipMismatch(true))) {
        assertThatThrownBy(() -> model.loadWeights(file, options))
            .isInstanceOf(ModelFormatException.class)
            .hasMessageContaining("the file has 2 layers with weights and the model has 1")
            .hasMessageContaining("WeightOptions.DEFAULT.byName(true)");
      }
    }
  }

  @Test
  void weights_alone_are_not_written_as_h5() {
    try (Model model = dense("a:3")) {
      assertThatThrownBy(() -> model.saveWeights(folder.resolve("model.h5")))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("*.weights.h5");
    }
  }
}
