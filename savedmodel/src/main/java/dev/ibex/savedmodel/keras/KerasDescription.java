package dev.ibex.savedmodel.keras;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.core.ConfigException;
import dev.ibex.savedmodel.files.Conventions;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a model's archive holds beside the weights.
 *
 * @param config the description in JSON, with the compilation if that is wanted
 * @param assets the files of layers by the names of their parts
 */
public record KerasDescription(String config, Map<String, byte[]> assets) {
  /** The part with the description. */
  public static final String CONFIG = "config.json";

  /** The part that says who wrote it, and when. */
  public static final String METADATA = "metadata.json";

  static final String WRITER = "writer";
  static final String IBEX = "Ibex";

  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd@HH:mm:ss", Locale.ROOT);

  /**
   * Returns the description of a model as it is now.
   *
   * @throws ConfigException if something in it has no form in files
   */
  static KerasDescription of(Model model, boolean compiled) {
    return new KerasDescription(config(model, compiled), Assets.of(WeightPaths.of(model)));
  }

  /**
   * Returns as much of the description as has a form in files: with the compilation, without it;
   * empty if a layer has none, such as a Lambda.
   */
  public static Optional<KerasDescription> possible(Model model) {
    return possible(model, true).or(() -> possible(model, false));
  }

  private static Optional<KerasDescription> possible(Model model, boolean compiled) {
    try {
      return Optional.of(of(model, compiled));
    } catch (ConfigException unwritable) {
      return Optional.empty();
    }
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

  /** Returns all parts by name; the description follows what is said of it, assets come last. */
  public Map<String, byte[]> files() {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(METADATA, metadata().getBytes(StandardCharsets.UTF_8));
    files.put(CONFIG, config.getBytes(StandardCharsets.UTF_8));
    files.putAll(assets);
    return files;
  }

  private static String metadata() {
    return new JsonMapper()
        .createObjectNode()
        .put("keras_version", Conventions.KERAS_VERSION)
        .put("date_saved", DATE.format(LocalDateTime.now(ZoneOffset.UTC)))
        .put(WRITER, IBEX)
        .toString();
  }
}
