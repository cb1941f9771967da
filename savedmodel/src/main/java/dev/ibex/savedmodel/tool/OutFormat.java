package dev.ibex.savedmodel.tool;

import dev.ibex.Model;
import dev.ibex.ModelFormat;
import dev.ibex.SaveOptions;
import dev.ibex.WeightsFormat;
import dev.ibex.savedmodel.SavedModels;
import dev.ibex.savedmodel.files.AtomicFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.BiPredicate;

/** What models are converted to. */
enum OutFormat {
  /** Keras 3's archive. */
  KERAS("keras"),
  /** HDF5 as Keras 2 wrote it. */
  H5("h5"),
  /** Weights alone in HDF5. */
  WEIGHTS_H5("weights.h5"),
  /** Weights alone in several HDF5 files. */
  WEIGHTS_JSON("weights.json"),
  /** The description alone. */
  JSON("json"),
  /** TensorFlow's directories with graphs. */
  SAVED_MODEL("savedmodel");

  private final String id;

  OutFormat(String id) {
    this.id = id;
  }

  /** Returns the name, which is also what files end in, without the dot. */
  @Override
  public String toString() {
    return id;
  }

  /** Returns all names. */
  static List<String> names() {
    return Arrays.stream(values()).map(OutFormat::toString).toList();
  }

  static Optional<OutFormat> named(String id) {
    return Arrays.stream(values()).filter(f -> f.id.equals(id)).findFirst();
  }

  /**
   * Returns the format of a file by its name; the longest ending decides. A slash at the end, or a
   * SavedModel that is there, means SavedModels.
   */
  static Optional<OutFormat> of(OutPath out) {
    return out.directory()
        ? Optional.of(SAVED_MODEL)
        : ofName(out.path())
            .or(() -> Optional.of(SAVED_MODEL).filter(f -> SavedModels.isSavedModel(out.path())));
  }

  private static Optional<OutFormat> ofName(Path path) {
    String name = String.valueOf(path.getFileName());
    return Arrays.stream(values())
        .filter(f -> name.endsWith(f.ending()))
        .max(Comparator.comparing(f -> f.id.length()));
  }

  private String ending() {
    return "." + id;
  }

  /** Returns whether files have the compilation in some form. */
  boolean keepsCompilation() {
    return this != JSON;
  }

  /** Writes a model; a file that is there is replaced. */
  void write(Model model, Path path) {
    switch (this) {
      case KERAS, H5 ->
          format(ModelFormat.class, ModelFormat::writes).write(model, path, SaveOptions.DEFAULT);
      case WEIGHTS_H5, WEIGHTS_JSON ->
          format(WeightsFormat.class, WeightsFormat::writes).write(model, path);
      case JSON -> {
        byte[] json = model.toJson().getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(path, out -> out.write(json));
      }
      case SAVED_MODEL -> SavedModels.export(model, path);
    }
  }

  /** Returns the format that writes files which end as these do. */
  private <F> F format(Class<F> type, BiPredicate<F, Path> writes) {
    Path example = Path.of("model" + ending());
    return ServiceLoader.load(type).stream()
        .map(ServiceLoader.Provider::get)
        .filter(f -> writes.test(f, example))
        .findFirst()
        .orElseThrow(this::unwritable);
  }

  private ToolException unwritable() {
    return new ToolException("nothing on the class path writes *" + ending());
  }
}
