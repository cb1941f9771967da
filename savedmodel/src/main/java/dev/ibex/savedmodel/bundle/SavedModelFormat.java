package dev.ibex.savedmodel.bundle;

import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelFormat;
import dev.ibex.ModelFormatException;
import dev.ibex.SaveOptions;
import dev.ibex.savedmodel.keras.KerasArchive;
import java.nio.file.Path;

/**
 * SavedModel directories that Ibex exported: their graphs are not looked at, but the description of
 * the model that is beside them. Others hold no layers.
 *
 * <p>The state of the optimizer is there if a signature of the export trains; else a compiled model
 * begins with a new one.
 */
public final class SavedModelFormat implements ModelFormat {
  /** Creates the format; for the service loader. */
  public SavedModelFormat() {}

  @Override
  public String description() {
    return "SavedModel directories that Ibex exported";
  }

  @Override
  public boolean reads(Path path) {
    return SavedModelFile.isOne(path);
  }

  /** Returns false: {@code SavedModels.export} writes them, with signatures and versions. */
  @Override
  public boolean writes(Path path) {
    return false;
  }

  @Override
  public Model read(Path path, LoadOptions options) {
    if (!KerasFiles.areIn(path)) {
      throw new ModelFormatException(
          path,
          "",
          "a SavedModel directory with graphs and without a description of layers, which those have"
              + " that Ibex exports; SavedModels.load(path) loads it for predicting,"
              + " SavedModelLayer.of(path) as a layer to train on; or in Python, save the Keras"
              + " model by model.save(\"model.keras\")",
          null);
    }
    SavedModelFile.all(path); // a damaged one is refused, whatever of it is whole
    SavedWeights weights = new SavedWeights(path);
    try (KerasArchive archive = KerasArchive.open(KerasFiles.folder(path))) {
      Model model = archive.unweighted(options);
      try {
        weights.load(model);
        return model;
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
    }
  }

  @Override
  public void write(Model model, Path path, SaveOptions options) {
    throw new UnsupportedOperationException("SavedModels.export writes SavedModels");
  }
}
