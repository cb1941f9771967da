package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.core.Layer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.losses.Losses;
import dev.ibex.optimizers.SGD;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Layers of SavedModels in model files, and what they refuse. */
class SavedModelLayerFileTest {
  @TempDir Path folder;

  private Path copied(String name) throws IOException {
    Path from = LayerFixtures.folder(name);
    Path to = folder.resolve(name);
    try (Stream<Path> all = Files.walk(from)) {
      for (Path p : all.toList()) {
        Files.copy(p, to.resolve(from.relativize(p).toString()));
      }
    }
    return to;
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path p : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(p);
      }
    }
  }

  /** Two layers of one directory, one of them applied in a nested model, learn and are saved. */
  @Test
  void a_file_holds_everything() throws IOException {
    Path directory = copied("tf_saved");
    Layer first = SavedModelLayer.of(directory);
    Sequential inner = Sequential.of("inner", List.of(Input.of(3), SavedModelLayer.of(directory)));
    Path file = folder.resolve("a.keras");
    Array x = LayerFixtures.of("tf_saved").inputs().get(0);
    Array expected;
    Input input = Input.of(3);
    SymbolicTensor once = inner.apply(Dense.of(3).apply(first.apply(input)));
    SymbolicTensor twice = inner.apply(Dense.of(3).apply(once));
    try (Model model = Model.of(input, Dense.of(1).apply(twice))) {
      model.compile(SGD.of(), Losses.mse());
      model.fit(Data.of(x, LayerFixtures.of("tf_saved").targets()), Fit.epochs(2).batchSize(3));
      model.save(file);
      expected = model.predict(x).array();
    }
    delete(directory);
    try (Model read = Models.load(file)) {
      assertThat(read.predict(x).array().floats()).containsExactly(expected.floats(), within(0f));
      read.fit(Data.of(x, LayerFixtures.of("tf_saved").targets()), Fit.epochs(1));
      read.save(file);
      expected = read.predict(x).array();
    }
    try (Model again = Models.load(file)) {
      assertThat(again.predict(x).array().floats()).containsExactly(expected.floats(), within(0f));
    }
  }

  @Test
  void a_file_of_Python_is_read_where_the_directory_is() {
    var json = LayerFixtures.json("python");
    LayerFixtures.folder("mlp");
    try (Model model = Models.load(LayerFixtures.file("python.keras"))) {
      assertThat(model.predict(LayerFixtures.array(json.get("x"))).array().floats())
          .containsExactly(LayerFixtures.array(json.get("y")).floats(), within(1e-5f));
    }
  }

  @Test
  void a_file_without_graph_and_directory_says_what_is_missing() throws IOException {
    Path directory = copied("mlp");
    String json;
    try (Model model = Sequential.of(Input.of(4), SavedModelLayer.of(directory))) {
      json = model.toJson();
    }
    delete(directory);
    assertThatExceptionOfType(dev.ibex.core.ConfigException.class)
        .isThrownBy(() -> Models.fromJson(json))
        .withMessageContaining("/config/filepath")
        .withMessageContaining("is missing")
        .withMessageContaining(directory.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "lookup, serve, LookupTableFindV2",
    "module, counts, AssignAddVariableOp",
    "module, tells, PrintV2",
    "module, nothing, serving_default",
    "module, train, no endpoint train"
  })
  void an_endpoint_that_no_layer_can_be_is_refused(String name, String endpoint, String text) {
    SavedModelLayer layer = SavedModelLayer.of(LayerFixtures.folder("mlp"));
    assertThat(layer.className()).isEqualTo("TFSMLayer");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> SavedModelLayer.of(LayerFixtures.folder(name)).endpoint(endpoint))
        .withMessageContaining(text);
  }

  @Test
  void a_training_endpoint_of_other_outputs_is_refused() {
    SavedModelLayer layer =
        SavedModelLayer.of(LayerFixtures.folder("module"))
            .endpoint("apply")
            .trainingEndpoint("learns");
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> layer.applyAll(dev.ibex.core.Arguments.of(Input.of(2))))
        .withMessageContaining("learns")
        .withMessageContaining("1 output");
  }

  @Test
  void inputs_of_other_shapes_and_types_are_refused() {
    SavedModelLayer layer = SavedModelLayer.of(LayerFixtures.folder("mlp"));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> layer.apply(Input.of(5)))
        .withMessageContaining("float32(?, 4)")
        .withMessageContaining("float32(?, 5)");
    SavedModelLayer ids = SavedModelLayer.of(LayerFixtures.folder("transformer"));
    assertThatExceptionOfType(ShapeException.class)
        .isThrownBy(() -> ids.apply(Input.of(4)))
        .withMessageContaining("int32(?, 4)");
  }

  @Test
  void a_loop_without_derivatives_is_refused_where_it_would_train() {
    SavedModelLayer lstm = SavedModelLayer.of(LayerFixtures.folder("lstm"));
    try (Model model = Sequential.of(Input.of(3, 2), lstm, Dense.of(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> model.compile(SGD.of(), Losses.mse()))
          .withMessageContaining("While")
          .withMessageContaining("freeze()");
      lstm.freeze();
      model.compile(SGD.of(), Losses.mse());
    }
    try (Model behind = Sequential.of(Input.of(3, 2), Dense.of(2), lstm, Dense.of(1))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> behind.compile(SGD.of(), Losses.mse()))
          .withMessageContaining("layers before it cannot train");
    }
  }
}
