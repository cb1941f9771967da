package dev.ibex;

import dev.ibex.core.SavedAs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The formats of files on the class path. */
final class Formats {
  private static final String ADD =
      "path: nothing on the class path reads or writes model files; add the artifact"
          + " dev.ibex:ibex-savedmodel";

  private Formats() {}

  private static List<ModelFormat> models() {
    return ServiceLoader.load(ModelFormat.class).stream().map(ServiceLoader.Provider::get).toList();
  }

  private static List<WeightsFormat> weights() {
    return ServiceLoader.load(WeightsFormat.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  /**
   * Returns the format that a model is read by.
   *
   * @throws IllegalArgumentException if there is no such file
   * @throws ModelFormatException if it is no model file; the text says what it is and what to do
   */
  static ModelFormat toRead(Path path) {
    require(path);
    return find(models(), f -> f.reads(path))
        .orElseThrow(() -> unknown(path, "whole models", models(), ModelFormat::description));
  }

  /**
   * Returns the format that a model is written in.
   *
   * @throws IllegalArgumentException if no format has such names
   */
  static ModelFormat toWrite(Path path) {
    return find(models(), f -> f.writes(path))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    models().isEmpty()
                        ? ADD
                        : "path: whole models are saved as files named *.keras or *.h5, got "
                            + path
                            + instead(path)));
  }

  private static String instead(Path path) {
    if (isWeights(path)) {
      return "; weights alone are saved by saveWeights";
    }
    return isFile(path) ? "" : "; a SavedModel is written by SavedModels.export(model, directory)";
  }

  /** Returns the format that weights are read by; empty for a directory with a checkpoint. */
  static Optional<WeightsFormat> weightsToRead(Path path) {
    Optional<WeightsFormat> found = find(weights(), f -> f.reads(path));
    if (found.isEmpty() && !Files.isDirectory(path)) {
      require(path);
      throw unknown(path, "weights", weights(), WeightsFormat::description);
    }
    return found;
  }

  /** Returns the format that weights are written in; empty for a directory with a checkpoint. */
  static Optional<WeightsFormat> weightsToWrite(Path path) {
    Optional<WeightsFormat> found = find(weights(), f -> f.writes(path));
    if (found.isEmpty() && isFile(path)) {
      throw new IllegalArgumentException(
          weights().isEmpty()
              ? ADD
              : "path: weights are saved as files named *.weights.h5 or *.weights.json, or as a"
                  + " directory with a TensorFlow checkpoint, got "
                  + path
                  + "; whole models are saved by save");
    }
    return found;
  }

  /**
   * Returns what a path's name says; that of a file which no format writes is that of a whole
   * model.
   */
  static SavedAs savedAs(Path path) {
    if (find(models(), f -> f.writes(path)).isPresent()) {
      return SavedAs.MODEL_FILE;
    } else if (isWeights(path) || find(weights(), f -> f.writes(path)).isPresent()) {
      return SavedAs.WEIGHTS_FILE;
    }
    return isFile(path) ? SavedAs.MODEL_FILE : SavedAs.WEIGHTS_DIRECTORY;
  }

  private static void require(Path path) {
    if (!Files.exists(path)) {
      throw new IllegalArgumentException("path: there is no file " + path);
    }
  }

  private static boolean isWeights(Path path) {
    return String.valueOf(path.getFileName()).contains(".weights.");
  }

  private static boolean isFile(Path path) {
    String name = String.valueOf(path.getFileName());
    return Stream.of(".h5", ".hdf5", ".keras", ".json", ".npz").anyMatch(name::endsWith);
  }

  private static <F> Optional<F> find(List<F> formats, Predicate<F> fits) {
    return formats.stream().filter(fits).findFirst();
  }

  private static <F> RuntimeException unknown(
      Path path, String what, List<F> formats, java.util.function.Function<F, String> name) {
    if (formats.isEmpty()) {
      return new IllegalArgumentException(ADD);
    }
    return new ModelFormatException(
        path,
        "",
        OtherFile.describe(path)
            + "; "
            + what
            + " are read from "
            + String.join(", ", formats.stream().map(name).toList()),
        null);
  }
}
