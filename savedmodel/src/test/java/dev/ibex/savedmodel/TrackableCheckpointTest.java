package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.Sequential;
import dev.ibex.WeightReport;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleIndex;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Embedding;
import dev.ibex.layers.GlobalAveragePooling1D;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.Adam;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

/** Reads what {@code tests/src/test/python/savedmodels/write_checkpoints.py} wrote. */
class TrackableCheckpointTest {
  private static final Path FIXTURES = Path.of("src/test/resources/checkpoints");

  @TempDir Path dir;

  // ---- reading ----------------------------------------------------------------------------

  @Test
  void lists_variables_by_the_shortest_way() {
    TrackableCheckpoint checkpoint = TrackableCheckpoint.read(FIXTURES.resolve("objects"));
    assertThat(checkpoint.hasObjects()).isTrue();
    assertThat(checkpoint.prefix()).isEqualTo(FIXTURES.resolve("objects/ckpt-1"));
    assertThat(checkpoint.entries())
        .map(e -> e.path() + " " + e.type() + e.shape())
        .contains(
            "save_counter int64[]",
            "holder/w float32[2, 2]",
            "holder/small int8[]",
            "holder/parts/0 int32[]",
            "holder/parts/1 bool[2]",
            "holder/named/a..b.Sc float64[]",
            "holder/named/text string[2]");
    assertThat(checkpoint.slots()).isEmpty();
  }

  @Test
  void reads_a_variable_by_any_way() {
    TrackableCheckpoint checkpoint = TrackableCheckpoint.read(FIXTURES.resolve("objects/ckpt-1"));
    Array w = Array.of(Shape.of(2, 2), 1f, 2f, 3f, 4f);
    assertThat(checkpoint.get("holder/w")).isEqualTo(w);
    assertThat(checkpoint.get("holder/me/me/me/w")).isEqualTo(w);
    assertThat(checkpoint.get("holder/named/a..b.Sc")).isEqualTo(Array.of(Shape.scalar(), 6.0));
    assertThat(checkpoint.get("holder/named/text").strings()).containsExactly("x", "größer");
    assertThat(checkpoint.contains("holder/me")).isFalse();
    assertThat(checkpoint.contains("holder/me/parts/0")).isTrue();
  }

  @Test
  void an_unknown_path_is_answered_with_near_ones() {
    TrackableCheckpoint checkpoint = TrackableCheckpoint.read(FIXTURES.resolve("slots/slots"));
    assertThatThrownBy(() -> checkpoint.get("v"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "checkpoint src/test/resources/checkpoints/slots/slots: no variable is at \"v\"; the"
                + " nearest of its 2 are [w, w/.OPTIMIZER_SLOT/optimizer/momentum]");
    assertThatThrownBy(() -> checkpoint.get("w//v"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "path: expected names with slashes between them, such as \"model/_operations/1/bias\","
                + " where a name's own dot is \"..\" and its own slash \".S\", got \"w//v\"");
  }

  @Test
  void a_value_of_a_type_that_cannot_be_run_is_listed_and_not_read() {
    TrackableCheckpoint checkpoint = TrackableCheckpoint.read(FIXTURES.resolve("objects"));
    assertThatThrownBy(() -> checkpoint.get("holder/small"))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("ckpt-1.index!holder/small/.ATTRIBUTES/VARIABLE_VALUE: ")
        .hasMessageContaining("no tensor class for int8");
  }

  @Test
  void lists_what_optimizers_keep_beside_variables() {
    TrackableCheckpoint checkpoint = TrackableCheckpoint.read(FIXTURES.resolve("slots/slots"));
    String path = "w/.OPTIMIZER_SLOT/optimizer/momentum";
    assertThat(checkpoint.slots())
        .containsExactly(new TrackableCheckpoint.Slot("optimizer", "momentum", "w", path));
    assertThat(checkpoint.get(path).floats()).containsExactly(1f, 1f);
    assertThat(checkpoint.getAll().keySet()).containsExactly("w", path);
  }

  @Test
  void joins_arrays_that_are_in_parts_in_several_files() {
    TrackableCheckpoint checkpoint = TrackableCheckpoint.read(FIXTURES.resolve("shards/shards"));
    float[] expected = new float[120];
    for (int i = 0; i < expected.length; i++) {
      expected[i] = i;
    }
    assertThat(checkpoint.get("large")).isEqualTo(Array.of(Shape.of(30, 4), expected));
    assertThat(checkpoint.get("small")).isEqualTo(Array.scalar(1.5f));
  }

  @Test
  void reads_checkpoints_of_names() {
    TrackableCheckpoint checkpoint = TrackableCheckpoint.read(FIXTURES.resolve("names"));
    assertThat(checkpoint.hasObjects()).isFalse();
    assertThat(checkpoint.prefix().getFileName()).hasToString("model.ckpt-3");
    assertThat(checkpoint.get("net/first/bias").floats()).containsExactly(10, 11, 12);
    try (Model model = Sequential.of(Input.of(4), Dense.of(3).named("first"))) {
      TrackableCheckpoint.load(FIXTURES.resolve("names"), model);
      assertThat(model.getWeights())
          .containsExactlyInAnyOrderEntriesOf(
              Map.of(
                  "first/kernel", checkpoint.get("net/first/kernel"),
                  "first/bias", checkpoint.get("net/first/bias")));
    }
  }

  // ---- damage -----------------------------------------------------------------------------

  @Test
  void a_directory_without_a_newest_checkpoint_is_refused() {
    assertThat(TrackableCheckpoint.latest(dir)).isEmpty();
    assertThatThrownBy(() -> TrackableCheckpoint.read(dir))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            dir
                + "!checkpoint: this part is missing, so there is no newest checkpoint; give the"
                + " prefix of a checkpoint's files, such as \"ckpt-1\" of \"ckpt-1.index\"");
  }

  @Test
  void a_note_of_a_checkpoint_elsewhere_is_refused() throws IOException {
    Files.writeString(dir.resolve("checkpoint"), "model_checkpoint_path: \"../secret\"\n");
    assertThatThrownBy(() -> TrackableCheckpoint.read(dir))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected the name of a checkpoint of this directory");
    Files.writeString(dir.resolve("checkpoint"), "what: \"ever\"\n");
    assertThatThrownBy(() -> TrackableCheckpoint.read(dir))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("expected a line like model_checkpoint_path: \"ckpt-1\"");
  }

  @Test
  void a_directory_that_was_moved_is_read() throws IOException {
    Path prefix = TrackableCheckpoint.save(dir.resolve("ckpt"), Map.of("w", Array.scalar(1f)));
    Files.writeString(
        dir.resolve("checkpoint"), "model_checkpoint_path: \"/before/it/was/moved/ckpt-1\"\n");
    assertThat(TrackableCheckpoint.read(dir).prefix()).isEqualTo(prefix);
  }

  @Test
  void damaged_data_are_refused() throws IOException {
    TrackableCheckpoint.write(dir.resolve("w"), Map.of("w", Array.of(new float[100])));
    Path data = dir.resolve("w.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(data);
    for (int at : new int[] {10, bytes.length - 10}) {
      byte[] changed = bytes.clone();
      changed[at] ^= 1;
      Files.write(data, changed);
      assertThatThrownBy(() -> TrackableCheckpoint.read(dir.resolve("w")).getAll())
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("its data are damaged; copy or write the checkpoint again.");
    }
    Files.write(data, Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> TrackableCheckpoint.read(dir.resolve("w")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("it is damaged or was not copied whole");
    Files.delete(data);
    assertThatThrownBy(() -> TrackableCheckpoint.read(dir.resolve("w")))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("this file is missing");
  }

  // ---- writing ----------------------------------------------------------------------------

  @Test
  void reads_what_it_wrote() {
    Map<String, Array> values = new LinkedHashMap<>();
    values.put("a/list/0", Array.of(new float[] {1, 2}));
    values.put("a/with..dot/x", Array.of(new long[] {3}));
    values.put("text", Array.of(new String[] {"größer"}));
    TrackableCheckpoint.write(dir.resolve("new/some"), values);
    assertThat(TrackableCheckpoint.read(dir.resolve("new/some")).getAll())
        .containsExactlyInAnyOrderEntriesOf(values);
    TrackableCheckpoint.write(dir.resolve("new/some"), Map.of("b", Array.scalar(1f)));
    assertThat(TrackableCheckpoint.read(dir.resolve("new/some")).getAll()).containsOnlyKeys("b");
    assertThat(names(dir.resolve("new"))).containsExactly("some.data-00000-of-00001", "some.index");
  }

  @Test
  void counts_checkpoints_and_notes_them() throws IOException {
    Map<String, Array> values = Map.of("w", Array.scalar(1f));
    assertThat(TrackableCheckpoint.save(dir.resolve("ckpt"), values))
        .isEqualTo(dir.resolve("ckpt-1"));
    assertThat(TrackableCheckpoint.save(dir.resolve("ckpt"), values))
        .isEqualTo(dir.resolve("ckpt-2"));
    assertThat(TrackableCheckpoint.read(dir).get("save_counter"))
        .isEqualTo(Array.of(Shape.scalar(), 2L));
    assertThat(dir.resolve("checkpoint"))
        .hasContent(
            """
            model_checkpoint_path: "ckpt-2"
            all_model_checkpoint_paths: "ckpt-1"
            all_model_checkpoint_paths: "ckpt-2"
            """);
    Files.delete(dir.resolve("ckpt-1.index"));
    Map<String, Array> again = TrackableCheckpoint.read(dir).getAll();
    assertThat(TrackableCheckpoint.save(dir.resolve("ckpt"), again))
        .isEqualTo(dir.resolve("ckpt-3"));
    assertThat(dir.resolve("checkpoint"))
        .hasContent(
            """
            model_checkpoint_path: "ckpt-3"
            all_model_checkpoint_paths: "ckpt-2"
            all_model_checkpoint_paths: "ckpt-3"
            """);
    assertThat(TrackableCheckpoint.read(dir).get("save_counter"))
        .isEqualTo(Array.of(Shape.scalar(), 3L));
  }

  private static List<String> names(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  // ---- models -----------------------------------------------------------------------------

  private static Model model(int units) {
    Input x = Input.of(4).named("x");
    Sequential inner = Sequential.of(Input.of(3), Dense.of(units).named("dense"));
    SymbolicTensor y =
        BatchNormalization.of().named("norm").apply(Dense.of(3).named("first").apply(x.symbolic()));
    return Model.of(x.symbolic(), inner.apply(y));
  }

  private static double first(Array array) {
    return array.number(0);
  }

  @Test
  void loads_weights_and_optimizer_that_Python_saved() {
    try (Model model = model(2)) {
      model.compile(Adam.of(0.1), MeanSquaredError.of());
      WeightReport report = TrackableCheckpoint.load(FIXTURES.resolve("keras"), model);
      assertThat(report.skipped()).isEmpty();
      assertThat(model.getWeights().values())
          .map(TrackableCheckpointTest::first)
          .containsExactly(1., 2., 3., 4., 5., 6., 7., 8.);
      assertThat(model.optimizerVariables())
          .map(v -> (float) first(v.value()))
          .startsWith(7f, 0.5f, 101f, 102f, 103f)
          .endsWith(112f);
    }
  }

  @Test
  void a_model_that_is_not_compiled_takes_the_weights_alone() {
    try (Model model = model(2)) {
      WeightReport report = TrackableCheckpoint.load(FIXTURES.resolve("keras/ckpt-2"), model);
      assertThat(report.loaded()).hasSize(8);
      assertThat(report.skipped())
          .containsExactly("optimizer: the checkpoint has a state, but the model is not compiled");
    }
  }

  @Test
  void a_checkpoint_of_another_model_changes_nothing_and_both_sides_are_listed() {
    try (Model model = model(5)) {
      Map<String, Array> before = model.getWeights();
      assertThatThrownBy(() -> TrackableCheckpoint.load(FIXTURES.resolve("keras"), model))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("the weights do not fit the model; nothing was loaded.")
          .hasMessageContaining("float32(3, 2)")
          .hasMessageContaining("float32(3, 5)");
      assertThat(model.getWeights()).isEqualTo(before);
    }
  }

  @Test
  void a_state_without_a_count_of_steps_is_no_new_one() {
    try (Model model = model(2)) {
      model.compile(Adam.of(0.1), MeanSquaredError.of());
      Path prefix = dir.resolve("m");
      TrackableCheckpoint.write(prefix, model);
      Map<String, Array> values = new LinkedHashMap<>(TrackableCheckpoint.read(prefix).getAll());
      values.keySet().removeIf(path -> path.startsWith("optimizer/"));
      values.put("optimizer/_variables/0", Array.scalar(1f));
      values.put("optimizer/_variables/1", Array.scalar(0.5f));
      TrackableCheckpoint.write(prefix, values);
      assertThatThrownBy(() -> TrackableCheckpoint.load(prefix, model))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("optimizer/_variables/2");
    }
  }

  @Test
  void values_whose_names_match_in_vain_are_not_read() throws IOException {
    Path prefix = dir.resolve("m");
    Map<String, Array> values = new LinkedHashMap<>();
    values.put("model/x", Array.scalar(1f));
    values.put("optimizer/_variables/0", Array.of(Shape.scalar(), 0L));
    String matching = "other/first/kernel";
    values.put(matching, Array.of(Shape.of(4, 3), new float[12]));
    TrackableCheckpoint.write(prefix, values);
    int offset =
        BundleIndex.read(prefix).entries().values().stream()
            .filter(entry -> entry.key().startsWith(matching))
            .mapToInt(entry -> (int) entry.offset())
            .findFirst()
            .orElseThrow();
    Path data = dir.resolve("m.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(data);
    bytes[offset] ^= 1;
    Files.write(data, bytes);
    try (Model model = model(2)) {
      model.compile(Adam.of(0.1), MeanSquaredError.of());
      assertThatThrownBy(() -> TrackableCheckpoint.load(prefix, model))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("the weights do not fit the model");
    }
  }

  @Test
  void a_model_is_found_again_as_it_was() {
    try (Model model = model(2);
        Model other = model(2)) {
      model.compile(Adam.of(0.1), MeanSquaredError.of());
      other.compile(Adam.of(0.2), MeanSquaredError.of());
      TrackableCheckpoint.load(FIXTURES.resolve("keras"), model);
      Path prefix = TrackableCheckpoint.save(dir.resolve("ckpt"), model);
      TrackableCheckpoint checkpoint = TrackableCheckpoint.read(prefix);
      for (String way :
          List.of(
              "model/_operations/1/_kernel",
              "model/_operations/1/kernel",
              "optimizer/_trainable_variables/0",
              "model/optimizer/_trainable_variables/0")) {
        assertThat(checkpoint.get(way)).isEqualTo(model.getWeights().get("first/kernel"));
      }
      TrackableCheckpoint.load(dir, other);
      assertThat(other.getWeights().values())
          .containsExactlyElementsOf(model.getWeights().values());
      assertThat(other.optimizerVariables())
          .map(v -> v.value())
          .isEqualTo(model.optimizerVariables().stream().map(v -> v.value()).toList());
    }
  }

  @Test
  void operations_for_masks_move_the_layers_behind_them() {
    try (Model model =
        Sequential.of(
            Input.of(4),
            Embedding.of(5, 2).maskZero(true),
            Dense.of(3),
            GlobalAveragePooling1D.of(),
            Dense.of(1))) {
      TrackableCheckpoint.write(dir.resolve("m"), model);
      assertThat(TrackableCheckpoint.read(dir.resolve("m")).entries())
          .map(TrackableCheckpoint.Entry::path)
          .contains(
              "model/_functional/_operations/1/embeddings",
              "model/_functional/_operations/2/kernel",
              "model/_functional/_operations/5/kernel");
    }
  }

  @Test
  void a_mask_that_is_joined_in_an_unknown_way_is_refused() {
    Input a = Input.of(4).named("a");
    SymbolicTensor x = Embedding.of(5, 2).maskZero(true).apply(a.symbolic());
    SymbolicTensor y = Embedding.of(5, 2).maskZero(true).apply(a.symbolic());
    SymbolicTensor z = GlobalAveragePooling1D.of().apply(Concatenate.of().apply(x, y));
    try (Model model = Model.of(a.symbolic(), z)) {
      assertThatThrownBy(() -> TrackableCheckpoint.write(dir.resolve("m"), model))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith(
              "layer \"global_average_pooling1d\" (GlobalAveragePooling1D): it reads a mask that"
                  + " comes through \"concatenate\" (Concatenate), ");
      assertThat(dir).isEmptyDirectory();
    }
  }
}
