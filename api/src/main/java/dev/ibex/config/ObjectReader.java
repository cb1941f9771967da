package dev.ibex.config;

import dev.ibex.activations.Activations;
import dev.ibex.config.Registry.Row;
import dev.ibex.core.ConfigException;
import dev.ibex.core.FileBacked;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.core.UnsupportedConfigException.Kind;
import dev.ibex.losses.Losses;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Optimizers;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads what Keras serializes as {@code {module, class_name, config, registered_name}}. */
final class ObjectReader {
  private static final Set<String> MODELS = Set.of("Sequential", "Functional", "Model");

  /** The class of what is known by its name alone. */
  private static final String FUNCTION = "function";

  /** What Keras 2.11 and 2.12 put before its own optimizers, as if they were the user's. */
  private static final String CUSTOM = "Custom>";

  /** Names of Keras 2 for classes that are called otherwise now. */
  private static final Map<String, String> RENAMED =
      Map.of(
          "LossScaleOptimizerV3",
          "LossScaleOptimizer",
          "BatchNormalizationV1",
          "BatchNormalization",
          "BatchNormalizationV2",
          "BatchNormalization");

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
    if (className.equals(FUNCTION)) {
      return function(family, place);
    }
    Optional<Row> own = own(className, place);
    if (own.isEmpty()) {
      requireKeras(family, className, place);
      if (family == Family.METRIC && className.equals("MeanMetricWrapper")) {
        return WrappedMetric.read(place.need("config"));
      }
      if (family == Family.LAYER && MODELS.contains(className)) {
        return ModelReader.read(place);
      }
      if (family == Family.LAYER && className.equals("Lambda")) {
        return LambdaReader.read(place.need("config"));
      }
    }
    Row row = own.orElseGet(() -> builtIn(family, className, place));
    if (row.family() != family) {
      throw place.fail(
          "expected a " + family.word() + ", got the " + row.family().word() + " " + row);
    }
    Place config = place.need("config");
    try {
      Record read = RecordReader.read(row, config);
      return row.prototype() instanceof Layer layer ? layer(layer, read, config) : read;
    } catch (ConfigException e) {
      throw e.in(label(row, config));
    }
  }

  /** A layer checks what its record cannot know, such as the number of axes. */
  private static Layer layer(Layer prototype, Record read, Place config) {
    try {
      Layer layer = prototype.copyOf((LayerConfig) read);
      if (layer instanceof FileBacked backed) {
        backed.open(config.files());
      }
      return layer;
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

  /** Returns the name a class of users has; files of Keras 2 have it as the class. */
  private static String registeredName(String className, Place place) {
    return place.string("registered_name").orElse(className);
  }

  private static Optional<Row> own(String className, Place place) {
    return Registry.INSTANCE
        .find(registeredName(className, place))
        .or(() -> inModule(className, place).flatMap(Registry.INSTANCE::find));
  }

  /** Returns what a class is called that was not registered in Python: by its module. */
  private static Optional<String> inModule(String className, Place place) {
    boolean function = place.need("class_name").string().equals(FUNCTION);
    return function || registeredName(className, place).indexOf('>') >= 0
        ? Optional.empty()
        : place.string("module").map(m -> m + ">" + className);
  }

  /** A class that is called like one of Keras may be another. */
  private static void requireKeras(Family family, String className, Place place) {
    String name = registeredName(className, place);
    boolean users =
        name.indexOf('>') >= 0 && !(family == Family.OPTIMIZER && name.startsWith(CUSTOM));
    if (users || !family.isIn(place.string("module").orElse(""))) {
      throw unknown(family, className, place);
    }
  }

  private static Row builtIn(Family family, String written, Place place) {
    String className =
        family == Family.OPTIMIZER && written.startsWith(CUSTOM)
            ? written.substring(CUSTOM.length())
            : RENAMED.getOrDefault(written, written);
    return Registry.INSTANCE
        .find(family, className)
        .orElseThrow(() -> unknown(family, className, place));
  }

  private static UnsupportedConfigException unknown(Family family, String className, Place place) {
    String module = place.string("module").filter(m -> !family.isIn(m)).orElse("");
    String registered = registeredName(className, place);
    String name = inModule(className, place).filter(n -> !Family.isKeras(n)).orElse(registered);
    return new UnsupportedConfigException(
        place.pointer(),
        Kind.CLASS,
        className,
        "there is no "
            + family.word()
            + " "
            + className
            + (module.isEmpty() ? "" : " in the module " + module)
            + (name.indexOf('>') > 0
                ? "; register yours by ConfigCodec.get().register(\"" + name + "\", …)"
                : ""));
  }

  /** Returns a function, which Keras's files say to be in {@code builtins} if it is Keras's. */
  private static Object function(Family family, Place place) {
    Place config = place.need("config");
    String name = config.string();
    String module = place.string("module").orElse("builtins");
    boolean keras = module.equals("builtins") || Family.isKeras(module);
    if (!keras && Registry.INSTANCE.find(name).isEmpty()) {
      throw unknown(family, name, place);
    }
    return named(family, config);
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
