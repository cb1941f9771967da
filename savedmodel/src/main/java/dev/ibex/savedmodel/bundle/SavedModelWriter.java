package dev.ibex.savedmodel.bundle;

import dev.ibex.core.Check;
import dev.ibex.graph.TensorBundle;
import dev.ibex.savedmodel.files.AtomicDirectory;
import dev.ibex.savedmodel.files.Build;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.proto.SavedModel;

/** Writes SavedModel directories. */
public final class SavedModelWriter {
  /** What {@code saved_model.pb} says of its own form. */
  private static final int SCHEMA = 1;

  private SavedModelWriter() {}

  /**
   * Writes a directory as a whole.
   *
   * @param overwrite whether a SavedModel that is there is replaced
   * @throws IllegalArgumentException if something else is there, or one that must stay
   * @throws java.io.UncheckedIOException if it cannot be written; then what was there still is
   */
  public static void write(ExportContent content, Path directory, boolean overwrite) {
    ExportGraph.Written written = new ExportGraph("ibex " + Build.ibex()).write(content);
    AtomicDirectory.write(
        directory,
        there -> overwrite && SavedModelFile.isOne(there),
        fresh -> {
          SavedModelFile file = new SavedModelFile(fresh, written.graph());
          Files.createDirectories(
              Objects.requireNonNull(file.variables().getParent(), "a prefix has a directory"));
          TensorBundle.write(file.variables(), written.checkpoint());
          Files.createDirectory(fresh.resolve("assets"));
          byte[] description =
              SavedModel.newBuilder()
                  .setSavedModelSchemaVersion(SCHEMA)
                  .addMetaGraphs(written.graph())
                  .build()
                  .toByteArray();
          Files.write(fresh.resolve(SavedModelFile.NAME), description);
          Files.write(
              fresh.resolve(Fingerprint.NAME), Fingerprint.of(file, description).toByteArray());
          extra(content.extra(), fresh.resolve("assets.extra"));
        });
  }

  /**
   * Writes the next version: a directory named by the number after the highest that is there. Of
   * several writers each gets a number of its own.
   *
   * @return that directory
   * @throws IllegalArgumentException if the directory is a SavedModel itself
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public static Path writeVersion(ExportContent content, Path base) {
    Check.that(
        !SavedModelFile.isOne(base),
        "directory: %s is a SavedModel itself, so versions have no place in it; choose another, or"
            + " remove it",
        base);
    for (long number = Versions.latest(base) + 1;
        ;
        number = Math.max(number, Versions.latest(base)) + 1) {
      Path version = base.resolve(Long.toString(number));
      try {
        write(content, version, false);
        return version;
      } catch (AtomicDirectory.TakenException e) {
        // another writer was quicker
      }
    }
  }

  private static void extra(Map<String, byte[]> files, Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(Objects.requireNonNull(path.getParent(), "a file has a directory"));
      Files.write(path, file.getValue());
    }
  }
}
