package dev.ibex.savedmodel.keras;

import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelFormat;
import dev.ibex.SaveOptions;
import dev.ibex.savedmodel.files.AtomicFile;
import dev.ibex.savedmodel.files.ZipWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Keras's {@code .keras} archives, version 3: a zip, or a directory, of {@code config.json}, {@code
 * model.weights.h5}, {@code metadata.json} and assets.
 */
public final class KerasFormat implements ModelFormat {
  /** Creates the format; for the service loader. */
  public KerasFormat() {}

  @Override
  public String description() {
    return "*.keras archives of Keras 3, zipped or not";
  }

  @Override
  public boolean reads(Path path) {
    return KerasArchive.isOne(path);
  }

  @Override
  public boolean writes(Path path) {
    return String.valueOf(path.getFileName()).endsWith(".keras");
  }

  @Override
  public Model read(Path path, LoadOptions options) {
    try (KerasArchive archive = KerasArchive.open(path)) {
      return archive.model(options);
    }
  }

  @Override
  public void write(Model model, Path path, SaveOptions options) {
    KerasParts parts = KerasParts.of(model, options);
    AtomicFile.write(path, out -> write(parts, out));
  }

  private static void write(KerasParts parts, OutputStream out) throws IOException {
    try (ZipWriter zip = new ZipWriter(out)) {
      parts.writeTo(zip);
    }
  }
}
