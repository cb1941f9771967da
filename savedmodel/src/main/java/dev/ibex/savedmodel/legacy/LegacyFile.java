package dev.ibex.savedmodel.legacy;

import dev.ibex.ModelFormatException;
import dev.ibex.savedmodel.hdf5.Hdf5File;
import dev.ibex.savedmodel.hdf5.Hdf5Group;
import dev.ibex.savedmodel.weights.StoredArray;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An {@code .h5} file that is open to be read. */
final class LegacyFile implements AutoCloseable {
  static final String MODEL = "model_config";
  static final String TRAINING = "training_config";
  static final String OPTIMIZER = "optimizer_weights";

  private final Path path;
  private final Hdf5File hdf;

  private LegacyFile(Path path, Hdf5File hdf) {
    this.path = path;
    this.hdf = hdf;
  }

  static LegacyFile open(Path path) {
    return new LegacyFile(path, Hdf5File.open(path));
  }

  Hdf5Group root() {
    return hdf.root();
  }

  /**
   * Returns the model's description.
   *
   * @throws ModelFormatException if there is none; the text says what the file is instead
   */
  String model() {
    return root().text(MODEL).orElseThrow(() -> fail("", noModel(), null));
  }

  private String noModel() {
    String expected = "there is no attribute \"" + MODEL + "\", so this is no whole model; ";
    if (LayerGroups.in(root()).isPresent() || root().group("layers").isPresent()) {
      return expected
          + "the file holds weights alone: build the model and read them by loadWeights";
    }
    return expected
        + (root().children().isEmpty()
            ? "the file is empty"
            : "it holds " + root().children().keySet() + " of something else");
  }

  /** Returns how the model was compiled; empty if it was not. */
  Optional<String> training() {
    return root().text(TRAINING);
  }

  /** Returns the layers that have weights, in order. */
  List<LayerGroup> layers() {
    return LayerGroups.read(
        LayerGroups.in(root())
            .orElseThrow(
                () ->
                    fail(
                        LayerGroups.WHOLE_MODEL,
                        "the attribute \""
                            + LayerGroups.LAYERS
                            + "\" is missing, which lists the"
                            + " layers; the file has no weights",
                        null)));
  }

  /** Returns the state of the optimizer; empty if there is none. */
  List<StoredArray> optimizer() {
    return root().group(OPTIMIZER).map(LayerGroups::arrays).orElse(List.of());
  }

  ModelFormatException fail(String place, String text, @Nullable Throwable cause) {
    return new ModelFormatException(path, place, text, cause);
  }

  @Override
  public void close() {
    hdf.close();
  }
}
