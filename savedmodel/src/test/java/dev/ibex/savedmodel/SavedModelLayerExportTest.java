package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.DTypePolicy;
import dev.ibex.graph.Array;
import dev.ibex.layers.Add;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Rescaling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers of SavedModels in models that are applied twice, or exported again. */
class SavedModelLayerExportTest {
  @TempDir Path folder;

  private static SavedModelLayer lstm() {
    SavedModelLayer layer = SavedModelLayer.of(LayerFixtures.folder("lstm"));
    layer.freeze();
    return layer;
  }

  private void assertExported(Model model, Array x) {
    Array expected = model.predict(x).array();
    Path exported = SavedModels.export(model, folder.resolve("exported"));
    try (LoadedModel loaded = SavedModels.load(exported)) {
      assertThat(loaded.predict(x).array().floats())
          .containsExactly(expected.floats(), within(1e-6f));
    }
  }

  @Test
  void a_loop_is_exported_with_its_bodies() {
    try (Model model = Sequential.of(Input.of(3, 2), lstm(), Dense.of(1))) {
      assertExported(model, LayerFixtures.of("lstm").inputs().get(0));
    }
  }

  /** The names of the bodies are the same in both. */
  @Test
  void two_loops_of_one_file_are_exported_with_their_bodies() {
    Input input = Input.of(3, 2);
    var halved = Rescaling.of(0.5).apply(input);
    var sum = Add.of().apply(lstm().apply(input), lstm().apply(halved));
    try (Model model = Model.of(input, Dense.of(1).apply(sum))) {
      assertExported(model, LayerFixtures.of("lstm").inputs().get(0));
    }
  }

  @Test
  void a_layer_that_is_applied_twice_computes_both() {
    LayerFixtures.Case c = LayerFixtures.of("mlp");
    SavedModelLayer layer = SavedModelLayer.of(LayerFixtures.folder("mlp"));
    Input a = Input.of(4);
    Input b = Input.of(4);
    Array x = c.inputs().get(0);
    Array other = Array.generate(x.dtype(), x.shape(), i -> x.floats()[i] / 2);
    List<Array> alone = new ArrayList<>();
    try (Model model = Sequential.of(Input.of(4), layer)) {
      alone.add(model.predict(x).array());
      alone.add(model.predict(other).array());
    }
    SavedModelLayer shared = SavedModelLayer.of(LayerFixtures.folder("mlp"));
    try (Model model = Model.of(List.of(a, b), List.of(shared.apply(a), shared.apply(b)))) {
      List<Array> both =
          List.copyOf(
              model
                  .predict(
                      dev.ibex.Data.inputs(model.inputNames().get(0), x)
                          .input(model.inputNames().get(1), other))
                  .all()
                  .values());
      for (int i = 0; i < 2; i++) {
        assertThat(both.get(i).floats()).containsExactly(alone.get(i).floats(), within(1e-6f));
      }
      assertThat(both.get(0).floats()).isNotEqualTo(both.get(1).floats());
      assertThat(model.weights()).hasSameSizeAs(shared.weights());
    }
  }

  /** The function computes in the types that it was written with. */
  @Test
  void a_policy_around_the_layer_casts_what_goes_in() {
    LayerFixtures.Case c = LayerFixtures.of("mlp");
    SavedModelLayer layer = SavedModelLayer.of(LayerFixtures.folder("mlp"));
    try (Model model =
        Sequential.of(
            Input.of(4),
            Rescaling.of(1).dtype(DTypePolicy.MIXED_BFLOAT16),
            layer.dtype(DTypePolicy.MIXED_BFLOAT16))) {
      Array y = model.predict(c.inputs().get(0)).array();
      assertThat(y.dtype()).isEqualTo(c.outputs().get(0).dtype());
      assertThat(y.floats()).containsExactly(c.outputs().get(0).floats(), within(0.05f));
    }
  }
}
