package dev.ibex.savedmodel.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import dev.ibex.ModelFormatException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Judges what becomes of bad files: one is read or refused, soon, without much memory, and without
 * temporary files that stay.
 */
final class Judge implements AutoCloseable {
  private static final Duration MAX_TIME = Duration.ofSeconds(2);
  private static final long MAX_BYTES = 256L << 20;
  private static final int HANG_SECONDS = 60;

  private static final String TEMPORARY = "java.io.tmpdir";

  private final String temporary = System.getProperty(TEMPORARY);
  private final Path folder = emptyFolder();
  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private int read;
  private int refused;
  private long mostBytes;
  private long mostNanos;

  /** Reading of a file. */
  interface Reading {
    /** Reads the file, and closes what it made. */
    void read();
  }

  /** Returns where files are unpacked while this judges, so that what is left is seen. */
  private static Path emptyFolder() {
    try {
      Path folder = Files.createTempDirectory("judge");
      System.setProperty(TEMPORARY, folder.toString());
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the text of the refusal; empty if the file was read. */
  String judge(String what, Path file, Reading reading) throws Exception {
    Future<String> outcome = thread.submit(() -> measured(what, file, reading));
    try {
      return outcome.get(HANG_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      return fail(what + ": hangs", e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof AssertionError error
          ? error
          : new AssertionError(what + ": " + e.getCause(), e.getCause());
    }
  }

  private String measured(String what, Path file, Reading reading) {
    ThreadMXBean bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = bean.getCurrentThreadAllocatedBytes();
    long nanos = bean.getCurrentThreadCpuTime();
    String text = outcome(file, reading);
    nanos = bean.getCurrentThreadCpuTime() - nanos;
    bytes = bean.getCurrentThreadAllocatedBytes() - bytes;
    mostNanos = Math.max(mostNanos, nanos);
    mostBytes = Math.max(mostBytes, bytes);
    assertThat(folder).as(what).isEmptyDirectory();
    assertThat(Duration.ofNanos(nanos)).as(what).isLessThan(MAX_TIME);
    assertThat(bytes).as(what).isLessThan(MAX_BYTES);
    return text;
  }

  private String outcome(Path file, Reading reading) {
    try {
      reading.read();
      read++;
      return "";
    } catch (ModelFormatException e) {
      refused++;
      assertThat(e).hasMessageContaining(file.toString());
      return String.valueOf(e.getMessage());
    }
  }

  int refused() {
    return refused;
  }

  /** Returns counts and the largest measures. */
  String summary() {
    return String.format(
        "%d read, %d refused, at most %d ms and %d KiB",
        read, refused, mostNanos / 1_000_000, mostBytes >> 10);
  }

  @Override
  public void close() {
    thread.shutdownNow();
    System.setProperty(TEMPORARY, temporary);
    try {
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
