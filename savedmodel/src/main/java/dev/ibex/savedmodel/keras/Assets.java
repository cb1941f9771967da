package dev.ibex.savedmodel.keras;

import dev.ibex.ModelFormatException;
import dev.ibex.core.ConfigException;
import dev.ibex.core.FileBacked;
import dev.ibex.core.Layer;
import dev.ibex.savedmodel.files.Container;
import dev.ibex.savedmodel.files.FileName;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The files that layers keep beside their weights: {@code assets/layers/lookup/vocabulary.txt}.
 *
 * <p>Files at the top of {@code assets} belong to no layer and are passed over: Keras puts a
 * picture of the model there.
 */
final class Assets {
  private static final String ASSETS = "assets/";

  private Assets() {}

  /**
   * Returns the files of all layers by the names of their parts.
   *
   * @throws ConfigException if a name is none of a file
   */
  static Map<String, byte[]> of(WeightPaths paths) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, Layer> named = new HashMap<>();
    paths
        .layers()
        .forEach(
            (path, layer) ->
                layer
                    .assets()
                    .forEach(
                        (name, content) -> {
                          checkName(layer, name);
                          if (layer instanceof FileBacked) {
                            checkSame(layer, name, named);
                          }
                          files.put(ASSETS + path + name, content);
                        }));
    return files;
  }

  private static void checkName(Layer layer, String name) {
    if (!FileName.isPlain(name)) {
      throw new ConfigException(
          "",
          layer.label()
              + ": assets(): expected names of files without directories, got \""
              + name
              + "\"");
    }
  }

  /** Such layers find their file by its name alone, before the model is there. */
  private static void checkSame(Layer layer, String name, Map<String, Layer> named) {
    Layer other = named.putIfAbsent(name, layer);
    if (other != null && !Arrays.equals(other.assets().get(name), layer.assets().get(name))) {
      throw new ConfigException(
          "",
          other.label()
              + " and "
              + layer.label()
              + " have the same filepath, but were read of different files, as where an export"
              + " replaced another; a model file keeps those of a filepath once: describe both"
              + " layers again, or copy one of the exports to a directory of its own");
    }
  }

  /**
   * Returns the file of a name, of whichever layer it is.
   *
   * @throws IllegalArgumentException if there are several of different content
   */
  static Optional<byte[]> find(Container container, String name) {
    Optional<byte[]> found = Optional.empty();
    for (String entry : container.names()) {
      if (entry.startsWith(ASSETS) && entry.endsWith("/" + name)) {
        byte[] content = container.bytes(entry);
        if (found.isPresent() && !Arrays.equals(found.get(), content)) {
          throw new IllegalArgumentException(
              "the assets have several files " + name + " of different content");
        }
        found = Optional.of(content);
      }
    }
    return found;
  }

  /**
   * Gives the layers their files.
   *
   * @throws ModelFormatException if a file is of no layer, its layer does not take it, or a layer
   *     with files has none
   */
  static void load(Container container, WeightPaths paths) {
    Map<String, Map<String, byte[]>> byLayer = new TreeMap<>();
    paths
        .layers()
        .forEach(
            (path, layer) -> {
              if (!layer.assets().isEmpty()) {
                byLayer.put(path, new TreeMap<>());
              }
            });
    for (String name : container.names()) {
      int end = name.lastIndexOf('/') + 1;
      if (name.startsWith(ASSETS) && end > ASSETS.length()) {
        byLayer
            .computeIfAbsent(name.substring(ASSETS.length(), end), k -> new TreeMap<>())
            .put(name.substring(end), container.bytes(name));
      }
    }
    byLayer.forEach((path, files) -> load(container, path, paths.layers().get(path), files));
  }

  private static void load(
      Container container,
      String path,
      @org.jspecify.annotations.Nullable Layer layer,
      Map<String, byte[]> files) {
    if (layer == null) {
      throw new ModelFormatException(
          container.path(),
          ASSETS + path,
          "the model has no layer there for " + files.keySet(),
          null);
    }
    try {
      layer.loadAssets(files);
    } catch (IllegalArgumentException e) {
      throw new ModelFormatException(
          container.path(), ASSETS + path, String.valueOf(e.getMessage()), e);
    }
  }
}
