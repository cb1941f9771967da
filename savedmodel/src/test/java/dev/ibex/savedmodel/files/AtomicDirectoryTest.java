package dev.ibex.savedmodel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.savedmodel.files.AtomicDirectory.TakenException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AtomicDirectoryTest {
  private static final int WRITERS = 8;

  @TempDir Path folder;
  private Path target = Path.of("");

  @BeforeEach
  void name() {
    target = folder.resolve("m");
  }

  private static void fill(Path directory, String text) throws IOException {
    Files.writeString(directory.resolve("first"), text);
    Files.writeString(Files.createDirectory(directory.resolve("inner")).resolve("second"), text);
  }

  private static void write(Path target, Predicate<Path> replaceable, String text) {
    AtomicDirectory.write(target, replaceable, directory -> fill(directory, text));
  }

  private static void assertHolds(Path directory, String text) {
    assertThat(directory.resolve("first")).hasContent(text);
    assertThat(directory.resolve("inner/second")).hasContent(text);
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private Path left(String name, String ending) throws IOException {
    Path left = folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp" + ending);
    fill(Files.createDirectory(left), "left");
    return left;
  }

  // ---- what is there already --------------------------------------------------------------

  @Test
  void an_empty_directory_is_filled_without_the_right_to_replace() throws IOException {
    Files.createDirectory(target);
    write(target, there -> false, "new");
    assertHolds(target, "new");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void a_file_is_refused_and_stays() throws IOException {
    Files.writeString(target, "mine");
    assertThatExceptionOfType(TakenException.class)
        .isThrownBy(() -> write(target, there -> false, "new"))
        .withMessage(
            "path: "
                + target
                + " is there already and is no directory that may be replaced; choose another, or"
                + " remove it");
    assertThat(target).hasContent("mine");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void a_link_stays_a_link_to_the_new_directory() throws IOException {
    Path real = folder.resolve("data");
    write(real, there -> false, "old");
    Files.createSymbolicLink(target, real);
    write(target, there -> true, "new");
    assertThat(target).isSymbolicLink();
    assertHolds(real, "new");
    assertThat(names()).containsExactly("data", "m");
  }

  @Test
  void a_link_to_nothing_is_refused() throws IOException {
    Files.createSymbolicLink(target, folder.resolve("absent"));
    assertThatExceptionOfType(TakenException.class)
        .isThrownBy(() -> write(target, there -> false, "new"));
    assertThat(target).isSymbolicLink();
    assertThat(names()).containsExactly("m");
  }

  // ---- failures ---------------------------------------------------------------------------

  @Test
  void content_that_fails_leaves_the_old_directory() throws IOException {
    write(target, there -> false, "old");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                AtomicDirectory.write(
                    target,
                    there -> true,
                    directory -> {
                      fill(directory, "new");
                      throw new IOException("No space left on device");
                    }))
        .withMessageContaining("No space left");
    assertHolds(target, "old");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void a_rename_that_fails_gives_the_old_directory_its_name_back() throws IOException {
    write(target, there -> false, "old");
    AtomicInteger asked = new AtomicInteger();
    Predicate<Path> replaceable =
        there -> {
          if (asked.incrementAndGet() == 2) { // just before the rename
            Trees.delete(fresh());
          }
          return true;
        };
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> write(target, replaceable, "new"));
    assertHolds(target, "old");
    assertThat(names()).containsExactly("m");
  }

  private Path fresh() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(p -> p.toString().endsWith(".content")).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // ---- what killed writers left -----------------------------------------------------------

  @Test
  void a_former_directory_that_gets_its_name_back_is_not_replaced_without_the_right()
      throws IOException {
    left("m", ".former");
    left("m", ".content");
    assertThatExceptionOfType(TakenException.class)
        .isThrownBy(() -> write(target, there -> false, "new"));
    assertHolds(target, "left");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void a_former_directory_is_replaced_with_the_right() throws IOException {
    left("m", ".former");
    write(target, there -> true, "new");
    assertHolds(target, "new");
    assertThat(names()).containsExactly("m");
  }

  @ParameterizedTest
  @ValueSource(strings = {".former", ".content"})
  void what_was_left_beside_a_whole_directory_is_removed(String ending) throws IOException {
    write(target, there -> false, "old");
    left("m", ending);
    write(target, there -> true, "new");
    assertHolds(target, "new");
    assertThat(names()).containsExactly("m");
  }

  @ParameterizedTest
  @ValueSource(strings = {".former", ".content"})
  void what_belongs_to_a_name_that_begins_alike_stays(String ending) throws IOException {
    Path other = left("m.v2", ending);
    write(target, there -> false, "new");
    assertHolds(target, "new");
    assertHolds(other, "left");
  }

  @Test
  void what_belongs_to_a_writer_that_lives_stays() throws IOException {
    try (FreshFile claim = FreshFile.create(target)) {
      Path living = claim.beside(".content");
      fill(Files.createDirectory(living), "living");
      write(target, there -> false, "new");
      assertHolds(living, "living");
    }
  }

  // ---- several writers --------------------------------------------------------------------

  @Test
  void a_directory_that_comes_meanwhile_is_not_replaced_without_the_right() throws IOException {
    assertThatExceptionOfType(TakenException.class)
        .isThrownBy(
            () ->
                AtomicDirectory.write(
                    target,
                    there -> false,
                    directory -> {
                      fill(directory, "second");
                      write(target, there -> false, "first");
                    }));
    assertHolds(target, "first");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void a_directory_that_comes_meanwhile_is_replaced_with_the_right() throws IOException {
    AtomicDirectory.write(
        target,
        there -> true,
        directory -> {
          fill(directory, "second");
          write(target, there -> true, "first");
        });
    assertHolds(target, "second");
    assertThat(names()).containsExactly("m");
  }

  @Test
  void of_many_writers_without_the_right_one_succeeds() throws Exception {
    int written = 0;
    for (Future<String> result : Threads.run(WRITERS, i -> () -> written(there -> false, "" + i))) {
      try {
        assertHolds(target, result.get());
        written++;
      } catch (ExecutionException e) {
        assertThat(e).hasCauseInstanceOf(TakenException.class);
      }
    }
    assertThat(written).isEqualTo(1);
    assertThat(names()).containsExactly("m");
  }

  @Test
  void of_many_writers_with_the_right_all_succeed_and_one_is_last() throws Exception {
    for (Future<String> result : Threads.run(WRITERS, i -> () -> written(there -> true, "" + i))) {
      result.get();
    }
    assertHolds(target, Files.readString(target.resolve("first")));
    assertThat(names()).containsExactly("m");
  }

  private String written(Predicate<Path> replaceable, String text) {
    write(target, replaceable, text);
    return text;
  }
}
