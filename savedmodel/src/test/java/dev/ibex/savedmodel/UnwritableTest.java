package dev.ibex.savedmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.layers.Dense;
import dev.ibex.savedmodel.files.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be written is named, and what was there stays. */
class UnwritableTest {
  @TempDir Path folder;

  private static void save(Path path) {
    try (Model model = Sequential.of(Input.of(2), Dense.of(1))) {
      if (path.toString().contains(".weights.")) {
        model.saveWeights(path);
      } else {
        model.save(path);
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(f -> f.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.keras", "a.weights.h5", "a.weights.json"})
  void a_directory_in_the_way_stays(String name) throws IOException {
    Path target = Files.createDirectories(folder.resolve(name).resolve("inner"));
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> save(folder.resolve(name)))
        .withMessageContaining(name);
    assertThat(target).isDirectory();
    assertThat(names()).filteredOn(n -> n.endsWith(".tmp")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.keras", "a.weights.h5", "a.weights.json"})
  void a_file_in_place_of_the_folder_is_named(String name) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> save(file.resolve(name)))
        .withMessageContaining("file");
    assertThat(file).hasContent("text");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.keras", "a.weights.h5", "a.weights.json"})
  void an_unwritable_folder_is_named(String name) throws IOException {
    save(folder.resolve(name));
    byte[] before = Files.readAllBytes(folder.resolve(name));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    try {
      assumeThat(Files.isWritable(folder)).as("the root user writes anywhere").isFalse();
      assertThatExceptionOfType(UncheckedIOException.class)
          .isThrownBy(() -> save(folder.resolve(name)))
          .withMessageContaining(name);
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    assertThat(folder.resolve(name)).hasBinaryContent(before);
  }

  @Test
  void a_disk_that_is_full_halfway_leaves_the_old_file() throws IOException {
    Path file = Files.writeString(folder.resolve("a.keras"), "old");
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(new byte[1 << 20]);
                      throw new IOException("No space left on device");
                    }))
        .withMessageContaining("a.keras")
        .withMessageContaining("No space left");
    assertThat(file).hasContent("old");
    assertThat(names()).containsExactly("a.keras");
  }

  private Path leftover(String name) throws IOException {
    return Files.write(folder.resolve("." + name + "." + UUID.randomUUID() + ".tmp"), new byte[9]);
  }

  @Test
  void what_a_killed_writer_left_is_removed_by_the_next_one() throws IOException {
    Path own = leftover("a.keras");
    Path other = leftover("b.keras");
    Path file = Files.writeString(folder.resolve(".a.keras.notes.tmp"), "mine");
    save(folder.resolve("a.keras"));
    assertThat(own).doesNotExist();
    assertThat(other).exists();
    assertThat(file).hasContent("mine");
  }

  @Test
  void a_file_that_is_being_written_is_left_to_its_writer() throws IOException {
    Path file = folder.resolve("a.keras");
    AtomicFile.write(
        file,
        out -> {
          AtomicFile.write(file, inner -> inner.write('i'));
          assertThat(file).hasContent("i");
          out.write('o');
        });
    assertThat(file).hasContent("o");
    assertThat(names()).containsExactly("a.keras");
  }

  @Test
  void a_file_that_another_process_is_writing_is_left_to_it() throws Exception {
    Path held = leftover("a.keras");
    Process holder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                held.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(holder.getInputStream().read()).isEqualTo('h');
      save(folder.resolve("a.keras"));
      assertThat(held).exists();
    } finally {
      holder.destroyForcibly().waitFor();
    }
    save(folder.resolve("a.keras"));
    assertThat(held).doesNotExist();
  }

  /** Holds a file until it is killed. */
  static final class Holder {
    private Holder() {}

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException, InterruptedException {
      try (FileChannel channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        System.out.print(lock.isValid() ? 'h' : 'n');
        System.out.flush();
        Thread.sleep(60_000);
      }
    }
  }

  @Test
  void a_link_stays_a_link_to_the_new_file() throws IOException {
    Path real = Files.writeString(Files.createDirectory(folder.resolve("data")).resolve("m"), "");
    Path link = Files.createSymbolicLink(folder.resolve("a.keras"), real);
    save(link);
    assertThat(link).isSymbolicLink();
    assertThat(names()).containsExactly("a.keras", "data");
    Models.load(real).close();
  }

  @Test
  void a_link_to_nothing_becomes_a_file() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("a.keras"), folder.resolve("absent.keras"));
    save(link);
    Models.load(link).close();
  }
}
