package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.savedmodel.files.Threads;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tensorflow.ndarray.Shape;

/** Checkpoints beside other checkpoints, and beside a damaged note of them. */
class CheckpointSavesTest {
  private static final int SAVERS = 4;
  private static final int EACH = 5;

  @TempDir Path dir;

  private static Map<String, Array> values(int number) {
    float[] many = new float[1000];
    Arrays.fill(many, number);
    return Map.of("a", Array.of(many), "b", Array.of(many));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  // ---- several savers ---------------------------------------------------------------------

  @Test
  void each_of_many_saves_gets_a_number_of_its_own() throws Exception {
    List<Path> saved = new ArrayList<>();
    for (Future<List<Path>> some : Threads.run(SAVERS, i -> () -> saves(i))) {
      saved.addAll(some.get());
    }
    assertThat(saved).hasSize(SAVERS * EACH).doesNotHaveDuplicates();
    for (int number = 1; number <= SAVERS * EACH; number++) {
      Map<String, Array> all = TrackableCheckpoint.read(dir.resolve("ckpt-" + number)).getAll();
      assertThat(all.get("save_counter")).isEqualTo(Array.of(Shape.scalar(), (long) number));
      assertThat(all.get("a")).isEqualTo(all.get("b"));
    }
    assertThat(Files.readAllLines(dir.resolve("checkpoint")))
        .hasSize(1 + SAVERS * EACH)
        .contains("model_checkpoint_path: \"ckpt-20\"", "all_model_checkpoint_paths: \"ckpt-1\"");
    assertThat(names()).hasSize(1 + 2 * SAVERS * EACH);
  }

  private List<Path> saves(int saver) {
    return Stream.generate(() -> TrackableCheckpoint.save(dir.resolve("ckpt"), values(saver)))
        .limit(EACH)
        .toList();
  }

  @Test
  void files_of_many_writers_of_a_prefix_are_not_mixed() throws Exception {
    for (Future<Boolean> written : Threads.run(SAVERS, i -> () -> writes(i))) {
      written.get();
    }
    Map<String, Array> all = TrackableCheckpoint.read(dir.resolve("w")).getAll();
    assertThat(all.get("a")).isEqualTo(all.get("b"));
    assertThat(names()).containsExactly("w.data-00000-of-00001", "w.index");
  }

  private boolean writes(int writer) {
    for (int i = 0; i < EACH; i++) {
      TrackableCheckpoint.write(dir.resolve("w"), values(writer));
    }
    return true;
  }

  @Test
  void what_a_killed_saver_left_is_removed() throws IOException {
    String left = ".ckpt-1." + UUID.randomUUID() + ".tmp";
    for (String name :
        List.of(
            left,
            left + ".content.index",
            left + ".content.data-00000-of-00001",
            left + ".content.data-00000-of-00001.tempstate7",
            "ckpt-1.data-00000-of-00001",
            ".checkpoint.lock")) {
      Files.writeString(dir.resolve(name), "left");
    }
    assertThat(TrackableCheckpoint.save(dir.resolve("ckpt"), values(1)))
        .isEqualTo(dir.resolve("ckpt-1"));
    assertThat(TrackableCheckpoint.read(dir).getAll()).containsAllEntriesOf(values(1));
    assertThat(names()).containsExactly("checkpoint", "ckpt-1.data-00000-of-00001", "ckpt-1.index");
  }

  // ---- the note ---------------------------------------------------------------------------

  @Test
  void a_damaged_note_is_refused_before_anything_is_written() throws IOException {
    Files.writeString(dir.resolve("checkpoint"), "model_checkpoint");
    assertThatExceptionOfType(ModelFormatException.class)
        .isThrownBy(() -> TrackableCheckpoint.save(dir.resolve("ckpt"), values(1)))
        .withMessageContaining("expected a line like model_checkpoint_path");
    assertThat(names()).containsExactly("checkpoint");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x/ckpt", "/", "..", "", "a\\000b", "gone"})
  void entries_of_a_note_that_lead_nowhere_are_dropped(String entry) throws IOException {
    Files.writeString(
        dir.resolve("checkpoint"),
        "model_checkpoint_path: \"../x/ckpt\"\nall_model_checkpoint_paths: \"" + entry + "\"\n");
    TrackableCheckpoint.save(dir.resolve("ckpt"), values(1));
    assertThat(dir.resolve("checkpoint"))
        .hasContent(
            """
            model_checkpoint_path: "ckpt-1"
            all_model_checkpoint_paths: "ckpt-1"
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "\\303\\274", "\\\\"})
  void a_long_name_in_a_note_is_no_obstacle(String letter) throws IOException {
    TrackableCheckpoint.save(dir.resolve("ckpt"), values(1));
    String note = Files.readString(dir.resolve("checkpoint"));
    Files.writeString(
        dir.resolve("checkpoint"),
        note + "all_model_checkpoint_paths: \"" + letter.repeat(100_000) + "\"\n");
    assertThat(TrackableCheckpoint.latest(dir)).contains(dir.resolve("ckpt-1"));
  }
}
