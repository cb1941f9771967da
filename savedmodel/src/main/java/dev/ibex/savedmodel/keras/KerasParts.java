package dev.ibex.savedmodel.keras;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ibex.Model;
import dev.ibex.ModelFormatException;
import dev.ibex.SaveOptions;
import dev.ibex.core.ConfigException;
import dev.ibex.savedmodel.files.Container;
import dev.ibex.savedmodel.files.ZipWriter;
import dev.ibex.savedmodel.hdf5.Hdf5Content;
import java.io.IOException;
import java.util.Map;

/**
 * The parts of a model's archive, ready to be written: nothing in it changes any more.
 *
 * @param description the layers, the compilation included, with their files
 * @param weights all weights and the optimizer's state
 */
record KerasParts(KerasDescription description, Hdf5Content weights) {
  static final String CONFIG = KerasDescription.CONFIG;
  static final String WEIGHTS = "model.weights.h5";

  /** What Keras writes for {@code weights_format="npz"}; read alone. */
  static final String NPZ = "model.weights.npz";

  /**
   * Returns the parts of a model as it is now.
   *
   * @throws ConfigException if something in it has no form in files
   */
  static KerasParts of(Model model, SaveOptions options) {
    return new KerasParts(
        KerasDescription.of(model, options.optimizer()),
        HdfWeights.write(WeightContent.of(model, options.optimizer())));
  }

  void writeTo(ZipWriter zip) throws IOException {
    for (Map.Entry<String, byte[]> part : description.files().entrySet()) {
      zip.add(part.getKey(), part.getValue());
      if (part.getKey().equals(CONFIG)) {
        zip.add(WEIGHTS, weights.size(), weights::write);
      }
    }
  }

  /** Returns whether an archive says that Ibex wrote it; one without metadata says nothing. */
  static boolean isOwn(Container archive) {
    String metadata = KerasDescription.METADATA;
    if (!archive.names().contains(metadata)) {
      return false;
    }
    try {
      return new JsonMapper()
          .readTree(archive.bytes(metadata))
          .path(KerasDescription.WRITER)
          .asText()
          .equals(KerasDescription.IBEX);
    } catch (IOException e) {
      throw new ModelFormatException(archive.path(), metadata, "not a JSON document", e);
    }
  }
}
