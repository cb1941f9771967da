package dev.ibex;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/** Loads models from files of any format on the class path. */
public final class Models {
  private Models() {}

  /**
   * Returns the model of a file, compiled if it was when it was saved.
   *
   * @throws ModelFormatException if the file is damaged or asks for something that there is not
   * @throws IllegalArgumentException if there is no such file, or no format that reads it; the text
   *     names the artifact to add
   */
  public static Model load(Path path) {
    return load(path, LoadOptions.DEFAULT);
  }

  /** Returns the model of a file. */
  public static Model load(Path path, LoadOptions options) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("path: there is no file " + path);
    }
    List<ModelFormat> formats =
        ServiceLoader.load(ModelFormat.class).stream().map(ServiceLoader.Provider::get).toList();
    return formats.stream()
        .filter(f -> f.reads(path))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    formats.isEmpty()
                        ? "path: nothing on the class path reads model files; add the artifact"
                            + " dev.ibex:ibex-savedmodel"
                        : "path: "
                            + path
                            + " is of no format that can be read; readable are "
                            + String.join(
                                ", ", formats.stream().map(ModelFormat::description).toList())
                            + "; save the model as one of them"))
        .read(path, options);
  }

  /**
   * Returns the model of Keras's JSON, with new weights.
   *
   * @throws dev.ibex.core.ConfigException if it is malformed or asks for something that there is
   *     not
   */
  public static Model fromJson(String json) {
    return ModelCodec.get().fromJson(json);
  }
}
