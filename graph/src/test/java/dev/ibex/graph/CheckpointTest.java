package dev.ibex.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.ndarray.Shape;

class CheckpointTest {
  private static final Map<String, Array> ARRAYS = new LinkedHashMap<>();

  static {
    ARRAYS.put("dense/kernel", Array.of(Shape.of(2, 2), 1f, 2f, 3f, 4f));
    ARRAYS.put("count", Array.of(Shape.scalar(), 7L));
    ARRAYS.put("half", Array.filled(DType.BFLOAT16, Shape.of(3), 1.5));
    ARRAYS.put("flag", Array.of(Shape.of(2), true, false));
  }

  @TempDir Path dir;

  @Test
  void reads_what_it_wrote_in_order() {
    Checkpoint.write(dir, ARRAYS);
    assertThat(Checkpoint.read(dir)).isEqualTo(ARRAYS);
    assertThat(Checkpoint.read(dir).keySet()).containsExactlyElementsOf(ARRAYS.keySet());
  }

  @Test
  void keeps_only_the_newest_checkpoint() throws IOException {
    Checkpoint.write(dir, ARRAYS);
    Checkpoint.write(dir, Map.of("count", Array.of(Shape.scalar(), 8L)));
    assertThat(Checkpoint.read(dir)).isEqualTo(Map.of("count", Array.of(Shape.scalar(), 8L)));
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(p -> p.getFileName().toString()).sorted())
          .containsExactly("checkpoint", "weights-2.data-00000-of-00001", "weights-2.index");
    }
  }

  @Test
  void what_a_killed_process_left_goes_with_the_next_write() throws IOException {
    Checkpoint.write(dir, ARRAYS);
    Checkpoint.write(dir, ARRAYS);
    Files.writeString(dir.resolve("weights-1.index"), "killed before it was deleted");
    Files.writeString(dir.resolve("weights-of-mine.index"), "not ours");
    Checkpoint.write(dir, ARRAYS);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(p -> p.getFileName().toString()).sorted())
          .containsExactly(
              "checkpoint",
              "weights-3.data-00000-of-00001",
              "weights-3.index",
              "weights-of-mine.index");
    }
  }

  @Test
  void survives_a_write_that_was_cut_off() throws IOException {
    Checkpoint.write(dir, ARRAYS);
    Files.writeString(dir.resolve("weights-2.data-00000-of-00001"), "half");
    Files.writeString(dir.resolve("checkpoint.tmp"), "model_check");
    assertThat(Checkpoint.read(dir)).isEqualTo(ARRAYS);
    Checkpoint.write(dir, ARRAYS);
    assertThat(Checkpoint.read(dir)).isEqualTo(ARRAYS);
  }

  @Test
  void refuses_a_directory_where_nothing_was_completed() {
    assertThatThrownBy(() -> Checkpoint.read(dir))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "checkpoint "
                + dir
                + ": there is no file \"checkpoint\" in it, so nothing was ever completely written"
                + " there; save the weights again");
  }

  @Test
  void refuses_a_truncated_checkpoint() throws IOException {
    Checkpoint.write(dir, ARRAYS);
    Path data = dir.resolve("weights-1.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(data);
    Files.write(data, new byte[] {bytes[0]}, StandardOpenOption.TRUNCATE_EXISTING);
    assertThatThrownBy(() -> Checkpoint.read(dir))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "checkpoint "
                + dir
                + " is half-written, damaged or not one of ours; restore it from a copy or save the"
                + " weights again.");
  }

  @Test
  void refuses_a_flipped_bit() throws IOException {
    Checkpoint.write(dir, ARRAYS);
    Path data = dir.resolve("weights-1.data-00000-of-00001");
    byte[] bytes = Files.readAllBytes(data);
    bytes[bytes.length / 2] ^= 1;
    Files.write(data, bytes);
    assertThatThrownBy(() -> Checkpoint.read(dir)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refuses_a_state_file_that_points_elsewhere() throws IOException {
    Files.writeString(dir.resolve("checkpoint"), "model_checkpoint_path: \"../../secret\"\n");
    assertThatThrownBy(() -> Checkpoint.read(dir))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith("names no checkpoint of this directory");
  }

  @Test
  void leaves_a_directory_of_another_tool_as_it_was() throws IOException {
    for (String prefix : new String[] {"ckpt-7", "weights-best", "weights-", "weights-1.5"}) {
      Path other = Files.createDirectory(dir.resolve("of " + prefix));
      Files.writeString(other.resolve("checkpoint"), "model_checkpoint_path: \"" + prefix + "\"\n");
      Files.writeString(other.resolve(prefix + ".index"), "index");
      Files.writeString(other.resolve(prefix + ".data-00000-of-00001"), "data");
      assertThatThrownBy(() -> Checkpoint.write(other, ARRAYS))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "checkpoint "
                  + other
                  + ": its file \"checkpoint\" names \""
                  + prefix
                  + "\", expected a name like \"weights-1\"; another tool wrote it, so nothing was"
                  + " written here; choose another directory");
      try (Stream<Path> files = Files.list(other)) {
        assertThat(files.map(p -> p.getFileName().toString()).sorted())
            .containsExactly("checkpoint", prefix + ".data-00000-of-00001", prefix + ".index");
      }
    }
  }

  @Test
  void deletes_no_file_but_those_of_the_checkpoint_before() throws IOException {
    Checkpoint.write(dir, ARRAYS);
    Files.writeString(dir.resolve("weights-best.index"), "index");
    Files.writeString(dir.resolve("ckpt-7.data-00000-of-00001"), "data");
    Checkpoint.write(dir, ARRAYS);
    try (Stream<Path> files = Files.list(dir)) {
      assertThat(files.map(p -> p.getFileName().toString()).sorted())
          .containsExactly(
              "checkpoint",
              "ckpt-7.data-00000-of-00001",
              "weights-2.data-00000-of-00001",
              "weights-2.index",
              "weights-best.index");
    }
  }
}
