package dev.ibex.savedmodel.legacy;

import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelFormat;
import dev.ibex.SaveOptions;
import dev.ibex.savedmodel.files.AtomicFile;
import dev.ibex.savedmodel.files.Magic;
import dev.ibex.savedmodel.hdf5.Hdf5Content;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Whole models in one HDF5 file: {@code .h5} of Keras 2 and 3, with description and compilation as
 * attributes and a group of weights for each layer.
 */
public final class LegacyFormat implements ModelFormat {
  /** Creates the format; for the service loader. */
  public LegacyFormat() {}

  @Override
  public String description() {
    return "*.h5 files of Keras 2 and 3";
  }

  @Override
  public boolean reads(Path path) {
    return Magic.isHdf5(path); // the reader says what others are
  }

  @Override
  public boolean writes(Path path) {
    String name = String.valueOf(path.getFileName());
    return Stream.of(".h5", ".hdf5").anyMatch(name::endsWith) && !name.endsWith(".weights.h5");
  }

  @Override
  public Model read(Path path, LoadOptions options) {
    try (LegacyFile file = LegacyFile.open(path)) {
      return new LegacyReader(file).model(options);
    }
  }

  @Override
  public void write(Model model, Path path, SaveOptions options) {
    Hdf5Content content = LegacyContent.of(model, options.optimizer());
    AtomicFile.write(path, content::write);
  }
}
