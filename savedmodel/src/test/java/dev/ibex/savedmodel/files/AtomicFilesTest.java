package dev.ibex.savedmodel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFilesTest {
  private static final int WRITERS = 8;

  @TempDir Path folder;

  private static List<Path> files(Path prefix) {
    return List.of(
        prefix.resolveSibling(prefix.getFileName() + ".data"),
        prefix.resolveSibling(prefix.getFileName() + ".index"));
  }

  private static void fill(Path prefix, String text) throws IOException {
    for (Path file : files(prefix)) {
      Files.writeString(file, text);
    }
  }

  private Path write(String text) {
    Path prefix = folder.resolve("p");
    AtomicFiles.write(prefix, AtomicFilesTest::files, fresh -> fill(fresh, text));
    return prefix;
  }

  private void assertHolds(String text) throws IOException {
    assertThat(folder.resolve("p.data")).hasContent(text);
    assertThat(folder.resolve("p.index")).hasContent(text);
    try (Stream<Path> all = Files.list(folder)) {
      assertThat(all.map(p -> p.getFileName().toString()))
          .containsExactlyInAnyOrder("p.data", "p.index");
    }
  }

  @Test
  void files_of_many_writers_are_not_mixed() throws Exception {
    for (Future<Path> written : Threads.run(WRITERS, i -> () -> write("text " + i))) {
      written.get();
    }
    assertHolds(Files.readString(folder.resolve("p.index")));
  }

  @Test
  void what_a_killed_writer_left_is_removed() throws IOException {
    String left = ".p." + UUID.randomUUID() + ".tmp";
    Files.writeString(folder.resolve(left), "");
    fill(folder.resolve(left + ".content"), "left");
    write("new");
    assertHolds("new");
  }

  @Test
  void content_that_fails_leaves_the_old_files() throws IOException {
    write("old");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                AtomicFiles.write(
                    folder.resolve("p"),
                    AtomicFilesTest::files,
                    fresh -> {
                      fill(fresh, "new");
                      throw new IOException("No space left on device");
                    }))
        .withMessageContaining("No space left");
    assertHolds("old");
  }
}
