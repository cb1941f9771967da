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
  private static final String UNCOMPILED =
      "; to load the model without its compilation, for predicting or to compile it yourself, pass"
          + " LoadOptions.DEFAULT.compile(false)";

  /** Creates the format; for the service loader. */
  public KerasFormat() {}

  @Override
  public String description() {
    return ".keras archives of Keras 3";
  }

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
    Model model;
    try {
      model = ModelCodec.get().fromJson(json);
    } catch (ConfigException e) {
      throw new ModelFormatException(path, CONFIG, String.valueOf(e.getMessage()), e);
    }
    if (options.compile()) {
      compile(path, json, model);
    }
    return model;
  }

  private static void compile(Path path, String json, Model model) {
    try {
      ModelCodec.get().compilation(json, model).ifPresent(model::compile);
    } catch (IllegalArgumentException e) {
      String place = e instanceof ConfigException ? "" : "at /compile_config: ";
      throw new ModelFormatException(path, CONFIG, place + e.getMessage() + UNCOMPILED, e);
    }
  }
}
