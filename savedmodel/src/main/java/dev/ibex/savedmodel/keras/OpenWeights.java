package dev.ibex.savedmodel.keras;

import dev.ibex.ModelFormatException;
import dev.ibex.savedmodel.files.Container;
import dev.ibex.savedmodel.hdf5.Hdf5File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The weights of a file that is open.
 *
 * @param stored the arrays; read while this is open
 * @param file the file that errors name
 * @param entry the part of it that they name
 * @param content what is open
 */
public record OpenWeights(StoredWeights stored, Path file, String entry, Runnable content)
    implements AutoCloseable {
  /** Returns the weights in an archive; empty if it has none. */
  public static Optional<OpenWeights> of(Container archive) {
    Path file = archive.path();
    if (archive.names().contains(KerasParts.WEIGHTS)) {
      Path part = archive.file(KerasParts.WEIGHTS);
      return Optional.of(
          hdf5(Hdf5File.open(file, KerasParts.WEIGHTS, part), file, KerasParts.WEIGHTS));
    } else if (archive.names().contains(KerasParts.NPZ)) {
      StoredWeights stored = NpzWeights.read(file, KerasParts.NPZ, archive.file(KerasParts.NPZ));
      return Optional.of(new OpenWeights(stored, file, KerasParts.NPZ, () -> {}));
    }
    return Optional.empty();
  }

  /** Returns whether a file is one that lists the files with the weights. */
  public static boolean isSharded(Path path) {
    return ShardIndex.isNamed(path) && Files.isRegularFile(path);
  }

  /** Returns the weights of all files that one lists. */
  public static OpenWeights sharded(Path json) {
    return ShardedWeights.open(ShardIndex.read(json));
  }

  /** Returns the weights of an HDF5 file, which is closed with them. */
  public static OpenWeights hdf5(Hdf5File hdf, Path file, String entry) {
    try {
      return new OpenWeights(HdfWeights.read(hdf.root()), file, entry, hdf::close);
    } catch (RuntimeException e) {
      hdf.close();
      throw e;
    }
  }

  /** Returns an exception that names the file. */
  ModelFormatException fail(String text) {
    return new ModelFormatException(file, entry, text, null);
  }

  @Override
  public void close() {
    content.run();
  }
}
