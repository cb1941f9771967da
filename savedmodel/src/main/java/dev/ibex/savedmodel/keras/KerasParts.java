package dev.ibex.savedmodel.keras;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.ModelFormatException;
import dev.ibex.SaveOptions;
import dev.ibex.core.ConfigException;
import dev.ibex.savedmodel.files.Container;
import dev.ibex.savedmodel.files.Conventions;
import dev.ibex.savedmodel.files.ZipWriter;
import dev.ibex.savedmodel.hdf5.Hdf5Content;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;

/**
 * The parts of a model's archive, ready to be written: nothing in it changes any more.
 *
 * @param config the description in JSON, the compilation included
 * @param weights all weights and the optimizer's state
 * @param assets the files of layers by the names of their parts
 */
record KerasParts(String config, Hdf5Content weights, Map<String, byte[]> assets) {
  static final String CONFIG = "config.json";
  static final String METADATA = "metadata.json";
  private static final String WRITER = "writer";
  private static final String IBEX = "Ibex";

  static final String WEIGHTS = "model.weights.h5";

  /** What Keras writes for {@code weights_format="npz"}; read alone. */
  static final String NPZ = "model.weights.npz";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss", Locale.ROOT);

  /**
   * Returns the parts of a model as it is now.
   *
   * @throws ConfigException if something in it has no form in files
   */
  static KerasParts of(Model model, SaveOptions options) {
    return new KerasParts(
        config(model, options.optimizer()),
        HdfWeights.write(WeightContent.of(model, options.optimizer())),
        Assets.of(WeightPaths.of(model)));
  }

  private static String config(Model model, boolean compiled) {
    ModelCodec codec = ModelCodec.get();
    String plain = codec.toJson(model);
    if (!compiled) {
      return plain;
    }
    try {
      return codec.toCompiledJson(model);
    } catch (ConfigException e) {
      throw Conventions.withoutCompilation(e);
    }
  }

  void writeTo(ZipWriter zip) throws IOException {
    zip.add(METADATA, metadata().getBytes(StandardCharsets.UTF_8));
    zip.add(CONFIG, config.getBytes(StandardCharsets.UTF_8));
    zip.add(WEIGHTS, weights.size(), weights::write);
    for (Map.Entry<String, byte[]> asset : assets.entrySet()) {
      zip.add(asset.getKey(), asset.getValue());
    }
  }

  private static String metadata() {
    return new JsonMapper()
        .createObjectNode()
        .put("keras_version", Conventions.KERAS_VERSION)
        .put("date_saved", DATE.format(LocalDateTime.now(ZoneOffset.UTC)))
        .put(WRITER, IBEX)
        .toString();
  }

  /** Returns whether an archive says that Ibex wrote it; one without metadata says nothing. */
  static boolean isOwn(Container archive) {
    if (!archive.names().contains(METADATA)) {
      return false;
    }
    try {
      return new JsonMapper().readTree(archive.bytes(METADATA)).path(WRITER).asText().equals(IBEX);
    } catch (IOException e) {
      throw new ModelFormatException(archive.path(), METADATA, "not a JSON document", e);
    }
  }
}
