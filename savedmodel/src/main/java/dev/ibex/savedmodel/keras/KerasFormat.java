package dev.ibex.savedmodel.keras;

import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.ModelFormat;
import dev.ibex.ModelFormatException;
import dev.ibex.core.ConfigException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Keras's {@code .keras} archives, version 3: a zip of {@code config.json}, {@code
 * model.weights.h5}, {@code metadata.json} and assets.
 */
public final class KerasFormat implements ModelFormat {
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** Creates the format; for the service loader. */
  public KerasFormat() {}

  @Override
  public boolean reads(Path path) {
    return Files.isRegularFile(path) && String.valueOf(path.getFileName()).endsWith(".keras");
  }

  @Override
  public Model read(Path path, LoadOptions options) {
    try (Archive archive = Archive.open(path)) {
      String json = new String(archive.entry(CONFIG), StandardCharsets.UTF_8);
      Model model = describe(path, json, options);
      try {
        WeightStore.of(path, WEIGHTS, archive.entry(WEIGHTS)).load(model);
      } catch (RuntimeException e) {
        model.close();
        throw e;
      }
      return model;
    }
  }

  private static Model describe(Path path, String json, LoadOptions options) {
    try {
      Model model = ModelCodec.get().fromJson(json);
      if (options.compile()) {
        ModelCodec.get().compilation(json, model).ifPresent(model::compile);
      }
      return model;
    } catch (ConfigException e) {
      throw new ModelFormatException(path, CONFIG, String.valueOf(e.getMessage()), e);
    }
  }
}
