package dev.ibex.savedmodel.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.graph.Array;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Archives whose weights are in NumPy's format. */
class NpzWeightsTest {
  @TempDir Path folder;

  static List<String> archives() {
    return Fixtures.names("npz-*.keras");
  }

  @ParameterizedTest
  @MethodSource("archives")
  void an_archive_predicts_what_it_did_in_keras(String name) {
    String plain = name.replace(".keras", "");
    try (Model model = Models.load(Fixtures.file(name))) {
      float[][] found = model.predict(Fixtures.values(plain, "x")).floats2d();
      float[][] expected = Fixtures.values(plain, "y");
      for (int i = 0; i < expected.length; i++) {
        for (int j = 0; j < expected[i].length; j++) {
          assertThat(found[i][j]).isEqualTo(expected[i][j], within(tolerance(plain)));
        }
      }
      if (!plain.contains("halves")) {
        assertThat(model.optimizerVariables().get(0).path()).contains("iteration");
        Array iteration = dev.ibex.Values.of(model.optimizerVariables()).get(0);
        assertThat(iteration.longs()).containsExactly(1);
      }
    }
  }

  /** Layers of half precision round at every step. */
  private static float tolerance(String name) {
    return name.contains("halves") ? 2e-3f : 1e-6f;
  }

  @Test
  void weights_of_an_archive_are_loaded_alone() {
    Path file = Fixtures.file("npz-3.15.1.keras");
    try (Model model = Models.load(file);
        Model fresh = Models.fromJson(model.toJson())) {
      assertThat(fresh.loadWeights(file).skipped())
          .allMatch(s -> s.startsWith("optimizer: the file has a state"));
      assertThat(fresh.getWeights()).isEqualTo(model.getWeights());
    }
  }

  @Test
  void an_archive_without_weights_says_what_was_expected() throws Exception {
    Path file =
        Zips.edit(
            Fixtures.file("npz-3.15.1.keras"),
            folder.resolve("a.keras"),
            "model.weights.npz",
            b -> null);
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> Models.load(file))
        .withMessageContaining("a.keras")
        .withMessageContaining("expected model.weights.h5 or model.weights.npz")
        .withMessageContaining("[config.json, metadata.json]");
  }
}
