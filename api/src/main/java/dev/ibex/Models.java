package dev.ibex;

import java.nio.file.Path;

/** Loads models from files of any format on the class path. */
public final class Models {
  private Models() {}

  /**
   * Returns the model of a file, compiled if it was when it was saved.
   *
   * @throws ModelFormatException if the file is damaged, asks for something that there is not, or
   *     is no model file; the text says what it is and what to do
   * @throws IllegalArgumentException if there is no such file, or no format on the class path; the
   *     text names the artifact to add
   */
  public static Model load(Path path) {
    return load(path, LoadOptions.DEFAULT);
  }

  /**
   * Returns the model of a file.
   *
   * @throws ModelFormatException as {@link #load(Path)}
   * @throws IllegalArgumentException as {@link #load(Path)}
   */
  public static Model load(Path path, LoadOptions options) {
    return Formats.toRead(path).read(path, options);
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
