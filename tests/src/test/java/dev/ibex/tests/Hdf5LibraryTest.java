package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.graph.Array;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.Adam;
import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Another library, written by others, finds in files what Ibex wrote. */
class Hdf5LibraryTest {
  private static final Map<String, String> KERAS_3 =
      Map.of(
          "layers/conv2d/vars/0", "eye/kernel",
          "layers/conv2d/vars/1", "eye/bias",
          "layers/dense/vars/0", "out/kernel",
          "layers/dense/vars/1", "out/bias");

  @TempDir Path folder;

  @Test
  void weights_of_keras_3_are_found() {
    try (Model model = model()) {
      Path file = folder.resolve("model.weights.h5");
      model.saveWeights(file);
      try (HdfFile hdf = new HdfFile(file)) {
        KERAS_3.forEach((place, path) -> same(hdf, place, model.weight(path).value()));
        assertThat(hdf.getByPath("layers/dense/vars").getAttribute("name").getData())
            .isEqualTo("out");
        assertThat(hdf.getDatasetByPath("optimizer/vars/0").getData()).isEqualTo(0L);
      }
    }
  }

  @Test
  void models_of_keras_2_are_found() {
    try (Model model = model()) {
      Path file = folder.resolve("model.h5");
      model.save(file);
      try (HdfFile hdf = new HdfFile(file)) {
        for (String path : KERAS_3.values()) {
          String layer = path.substring(0, path.indexOf('/'));
          same(hdf, "model_weights/" + layer + "/" + path, model.weight(path).value());
        }
        assertThat((String) hdf.getAttribute("model_config").getData())
            .startsWith("{")
            .contains("\"eye\"");
      }
    }
  }

  private static void same(HdfFile hdf, String place, Array expected) {
    assertThat((float[]) hdf.getDatasetByPath(place).getDataFlat())
        .as(place)
        .isEqualTo(expected.floats());
  }

  private static Model model() {
    Model model =
        Sequential.of(
            Input.of(5, 5, 1),
            Conv2D.of(3, 2).named("eye"),
            Flatten.of(),
            Dense.of(2).named("out"));
    model.compile(Adam.of(), MeanSquaredError.of());
    return model;
  }
}
