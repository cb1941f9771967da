package dev.ibex.savedmodel.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameLockTest {
  private static final int TIMES = 200;
  private static final int THREADS = 2;

  @TempDir Path folder;

  /** Counts in a file, each time under its lock. */
  static final class Counter {
    private Counter() {}

    public static void main(String[] args) throws IOException {
      count(Path.of(args[0]));
    }

    static Path count(Path file) throws IOException {
      for (int i = 0; i < TIMES; i++) {
        NameLock.under(
            file,
            () -> {
              int before = Integer.parseInt(Files.readString(file));
              return Files.writeString(file, String.valueOf(before + 1));
            });
      }
      return file;
    }
  }

  private Path zero() throws IOException {
    return Files.writeString(folder.resolve("count"), "0");
  }

  private static Process process(Path file) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Counter.class.getName(),
            file.toString())
        .inheritIO()
        .start();
  }

  @Test
  void threads_and_processes_take_their_turns() throws Exception {
    Path file = zero();
    Process first = process(file);
    Process second = process(file);
    for (Future<Path> counted : Threads.run(THREADS, i -> () -> Counter.count(file))) {
      counted.get();
    }
    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    assertThat(file).hasContent(String.valueOf((2 + THREADS) * TIMES));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void the_lock_of_a_killed_writer_is_none() throws IOException {
    Path file = zero();
    Files.createFile(folder.resolve(".count.lock"));
    assertThat(NameLock.<String>under(file, () -> Files.readString(file))).isEqualTo("0");
    assertThat(folder.resolve(".count.lock")).doesNotExist();
  }

  @Test
  void what_fails_frees_the_lock() throws IOException {
    Path file = zero();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(
            () ->
                NameLock.under(
                    file,
                    () -> {
                      throw new IOException("full");
                    }))
        .withMessage("full");
    assertThat(NameLock.<String>under(file, () -> "free")).isEqualTo("free");
  }

  @Test
  void who_waits_can_be_interrupted() throws IOException {
    Path file = zero();
    NameLock.<Path>under(
        file,
        () -> {
          Thread.currentThread().interrupt();
          assertThatExceptionOfType(InterruptedIOException.class)
              .isThrownBy(() -> NameLock.under(file, () -> file));
          assertThat(Thread.interrupted()).isTrue();
          return file;
        });
  }
}
