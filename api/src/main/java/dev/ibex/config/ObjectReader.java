package dev.ibex.config;

import dev.ibex.activations.Activations;
import dev.ibex.config.Registry.Row;
import dev.ibex.core.ConfigException;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.core.UnsupportedConfigException.Kind;
import dev.ibex.losses.Losses;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Optimizers;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what Keras serializes as {@code {module, class_name, config, registered_name}}. */
final class ObjectReader {
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  private ObjectReader() {}

  /**
   * Returns an object of a family.
   *
   * @throws UnsupportedConfigException if its class, name or an option is unknown
   * @throws ConfigException if it is malformed
   */
  static Object read(Family family, Place place) {
    if (place.node().isTextual()) {
      return named(family, place);
    }
    if (!place.node().isObject()) {
      throw place.expected("a " + family.word());
    }
    String className = place.need("class_name").string();
    if (className.equals("function")) {
      return named(family, place.need("config"));
    }
    if (family == Family.LAYER && MODELS.contains(className)) {
      return ModelReader.read(place);
    }
    Row row = row(family, className, place);
    Place config = place.need("config");
    try {
      Record read = RecordReader.read(row.config(), row.required(), config);
      return row.prototype() instanceof Layer layer ? layer(layer, read, config) : read;
    } catch (ConfigException e) {
      throw e.in(label(row, config));
    }
  }

  /** A layer checks what its record cannot know, such as the number of axes. */
  private static Layer layer(Layer prototype, Record read, Place config) {
    try {
      return prototype.copyOf((LayerConfig) read);
    } catch (IllegalArgumentException e) {
      throw RecordReader.refused(String.valueOf(e.getMessage()), read, config);
    }
  }

  private static String label(Row row, Place config) {
    return row
        + (config.at("name").node().isTextual()
            ? " \"" + config.at("name").node().textValue() + "\""
            : "");
  }

  private static Row row(Family family, String className, Place place) {
    Optional<String> registered = place.string("registered_name");
    Optional<Row> own = registered.flatMap(Registry.INSTANCE::find);
    Row row =
        own.or(
                () ->
                    isKeras(place.string("module").orElse(""))
                        ? Registry.INSTANCE.find(family, className)
                        : Optional.empty())
            .orElseThrow(() -> unknown(family, className, place, registered));
    if (row.family() != family) {
      throw place.fail(
          "expected a " + family.word() + ", got the " + row.family().word() + " " + row);
    }
    return row;
  }

  private static UnsupportedConfigException unknown(
      Family family, String className, Place place, Optional<String> registered) {
    String hint =
        registered.filter(r -> r.indexOf('>') > 0).isPresent()
            ? "; register yours by ConfigCodec.get().register(\"" + registered.get() + "\", …)"
            : "";
    return new UnsupportedConfigException(
        place.pointer(),
        Kind.CLASS,
        className,
        "there is no " + family.word() + " " + className + hint);
  }

  /** Returns whether a module is Keras's own; files of Keras 2 name none. */
  static boolean isKeras(String module) {
    return module.isEmpty()
        || module.equals("keras")
        || module.equals("builtins")
        || module.startsWith("keras.")
        || module.startsWith("tf_keras.")
        || module.startsWith("tensorflow.keras.");
  }

  /** Returns what a bare name stands for, such as {@code relu} or {@code glorot_uniform}. */
  private static Object named(Family family, Place place) {
    String name = place.string();
    if (Registry.INSTANCE.find(name).isEmpty()) {
      if (family == Family.ACTIVATION) {
        return known(place, name, Activations::of);
      } else if (family == Family.LOSS) {
        return known(place, name, Losses::get);
      } else if (family == Family.METRIC) {
        return known(place, name, Metrics::get);
      } else if (family == Family.OPTIMIZER) {
        return known(place, name, Optimizers::get);
      }
    }
    Row row =
        Registry.INSTANCE
            .find(family, name)
            .or(() -> Registry.INSTANCE.find(name).filter(r -> r.family() == family))
            .orElseThrow(
                () ->
                    new UnsupportedConfigException(
                        place.pointer(),
                        Kind.CLASS,
                        name,
                        "there is no " + family.word() + " named \"" + name + "\""));
    if (!row.required().isEmpty()) {
      throw place.fail(row + " needs a config with " + row.required());
    }
    return row.prototype() instanceof Layer layer ? layer.copyOf(layer.config()) : row.prototype();
  }

  private static Object known(Place place, String name, Function<String, Object> of) {
    try {
      return of.apply(name);
    } catch (IllegalArgumentException e) {
      throw new UnsupportedConfigException(
          place.pointer(), Kind.FUNCTION, name, String.valueOf(e.getMessage()));
    }
  }
}
