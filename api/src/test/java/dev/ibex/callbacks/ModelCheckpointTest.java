package dev.ibex.callbacks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is saved; when it is, {@link CallbackParityTest} tells. */
class ModelCheckpointTest {
  private static final Data DATA =
      Data.of(new float[][] {{1, 0}, {0, 1}, {1, 1}}, new float[][] {{1}, {2}, {3}});

  @TempDir Path folder;

  private static Sequential line(double rate) {
    Sequential model = Sequential.of(Input.of(2), Dense.of(1));
    model.compile(SGD.of(rate), MeanSquaredError.of());
    return model;
  }

  @Test
  void the_weights_of_each_epoch_can_be_loaded() {
    List<Array> kernels = new ArrayList<>();
    try (Sequential model = line(0.1)) {
      model.fit(
          DATA,
          Fit.epochs(3)
              .callbacks(
                  ModelCheckpoint.of(folder + "/new/{epoch:02d}"),
                  LambdaCallback.of()
                      .epochEnd(
                          (t, e, logs) -> kernels.add(model.weight("dense/kernel").value()))));
      for (int epoch = 1; epoch <= 3; epoch++) {
        model.loadWeights(folder.resolve("new").resolve("0" + epoch));
        assertThat(model.weight("dense/kernel").value().floats())
            .isEqualTo(kernels.get(epoch - 1).floats());
      }
    }
  }

  @Test
  void the_best_figure_is_kept_from_one_training_to_the_next() {
    Path best = folder.resolve("best");
    ModelCheckpoint checkpoint =
        ModelCheckpoint.of(best.toString()).monitor("loss").saveBestOnly(true);
    try (Sequential model = line(0.1)) {
      model.fit(DATA, Fit.epochs(5).callbacks(checkpoint));
      double loss = checkpoint.best().orElseThrow();
      float[] kernel = model.weight("dense/kernel").value().floats();
      model.setWeights(Map.of("dense/kernel", Array.of(new float[][] {{9}, {9}})));
      model.fit(DATA, Fit.epochs(1).callbacks(checkpoint)); // worse, so not saved
      assertThat(checkpoint.best()).hasValue(loss);
      model.loadWeights(best);
      assertThat(model.weight("dense/kernel").value().floats()).isEqualTo(kernel);
    }
  }

  @Test
  void a_checkpoint_of_another_model_is_not_loaded() {
    try (Sequential model = line(0.1);
        Sequential wide = Sequential.of(Input.of(2), Dense.of(3))) {
      model.fit(
          DATA, Fit.epochs(1).callbacks(ModelCheckpoint.of(folder.resolve("weights").toString())));
      assertThatThrownBy(() -> wide.loadWeights(folder.resolve("weights")))
          .hasMessageContaining("is of another model; nothing was loaded.");
    }
  }
}
