package dev.ibex.savedmodel.outline;

import dev.ibex.savedmodel.bundle.AssetFiles;
import dev.ibex.savedmodel.bundle.SavedModelFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * A file that the graph reads while it is made ready.
 *
 * @param name its name below {@code assets}
 * @param tensor the tensor that takes its path
 * @param there whether it is there
 */
public record AssetOutline(String name, String tensor, boolean there) {
  static List<AssetOutline> all(SavedModelFile file) {
    return AssetFiles.declared(file).stream()
        .map(
            a ->
                new AssetOutline(
                    a.getFilename(),
                    a.getTensorInfo().getName(),
                    isThere(file.directory().resolve("assets"), a.getFilename())))
        .toList();
  }

  private static boolean isThere(Path folder, String name) {
    try {
      return Files.isRegularFile(folder.resolve(name));
    } catch (InvalidPathException e) {
      return false;
    }
  }
}
