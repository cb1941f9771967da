package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.callbacks.ModelCheckpoint;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callbacks save is what {@code save} and {@code saveWeights} make of the same names. */
class ModelCheckpointTest {
  private static final Data DATA =
      Data.of(new float[][] {{1, 0}, {0, 1}}, new float[][] {{1}, {2}});

  @TempDir Path folder;

  private static Sequential line() {
    Sequential model = Sequential.of(Input.of(2), Dense.of(1));
    model.compile(SGD.of(0.1), MeanSquaredError.of());
    return model;
  }

  private void train(Model model, ModelCheckpoint checkpoint) {
    model.fit(DATA, Fit.epochs(2).callbacks(checkpoint));
  }

  private ModelCheckpoint checkpoint(String name) {
    return ModelCheckpoint.of(folder.resolve(name).toString());
  }

  @ParameterizedTest
  @CsvSource({
    "best.keras,true",
    "best.h5,true",
    "best.hdf5,true",
    "best.weights.h5,false",
    "best.weights.json,false",
    "best-{epoch}.weights.json,false",
    "best,false"
  })
  void the_name_says_what_is_saved(String name, boolean whole) {
    Path path = folder.resolve(name.replace("{epoch}", "2"));
    try (Model model = line()) {
      train(model, checkpoint(name).saveWeightsOnly(!whole));
      assertThat(Files.isDirectory(path)).isEqualTo(name.equals("best"));
      try (Model read = whole ? Models.load(path) : line()) {
        assertThat(read.isCompiled()).isTrue();
        read.loadWeights(path);
        assertThat(read.getWeights()).isEqualTo(model.getWeights());
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "a.json,whole models are saved as files named *.keras or *.h5",
    "a.npz,whole models are saved as files named *.keras or *.h5",
    "a.weights.npz,weights are saved as files named *.weights.h5 or *.weights.json"
  })
  void names_of_other_files_are_refused_before_the_first_step(String name, String text) {
    try (Model model = line()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> train(model, checkpoint(name)))
          .withMessageContaining(text);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @CsvSource({"a.hdf5,true", "a.weights.json,false", "a,false"})
  void what_the_name_does_not_say_is_refused(String name, boolean weightsOnly) {
    try (Model model = line()) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> train(model, checkpoint(name).saveWeightsOnly(weightsOnly)))
          .withMessageContaining("saveWeightsOnly: ")
          .withMessageContaining(name);
      assertThat(folder).isEmptyDirectory();
    }
  }
}
