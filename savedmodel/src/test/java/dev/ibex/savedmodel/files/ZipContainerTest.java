package dev.ibex.savedmodel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ibex.savedmodel.keras.Zips;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipContainerTest {
  @TempDir Path folder;

  private Path zip(String... names) throws IOException {
    Map<String, byte[]> entries = new java.util.TreeMap<>();
    for (String name : names) {
      entries.put(name, new byte[100]);
    }
    return Files.write(folder.resolve("a.zip"), Zips.zip(entries));
  }

  private static Container open(Path zip, Path temporary) {
    return ZipContainer.open(zip, "", zip, temporary);
  }

  @Test
  void a_part_that_cannot_be_unpacked_names_the_temporary_directory_and_no_damage()
      throws IOException {
    Path temporary = folder.resolve("absent");
    try (Container zip = open(zip("part"), temporary)) {
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> zip.file("part"))
          .withMessageContaining("a.zip!part: cannot be unpacked")
          .withMessageContaining(temporary.toString())
          .withMessageContaining("-Djava.io.tmpdir");
    }
  }

  @Test
  void what_can_be_removed_is_removed_where_something_else_cannot() throws IOException {
    Path temporary = Files.createDirectory(folder.resolve("temporary"));
    Container zip = open(zip("one", "three", "two"), temporary);
    Path obstacle = zip.file("two");
    List<Path> others = List.of(zip.file("one"), zip.file("three"));
    Files.delete(obstacle);
    Files.createFile(Files.createDirectory(obstacle).resolve("file"));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(zip::close)
        .withMessageContaining(obstacle.toString());
    assertThat(others).noneMatch(Files::exists);
    assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> zip.bytes("one"));
  }

  @Test
  void all_are_closed_and_the_first_failure_is_thrown_with_the_others() {
    AtomicInteger closed = new AtomicInteger();
    Closing fails =
        () -> {
          throw new IOException("failure " + closed.incrementAndGet());
        };
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> Closing.all(List.of(closed::incrementAndGet, fails, fails)))
        .withMessageContaining("failure 2")
        .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
  }
}
