package dev.ibex.config;

import dev.ibex.config.Registry.Row;
import dev.ibex.core.DTypePolicy;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Records;
import dev.ibex.core.UnsupportedConfigException;
import dev.ibex.core.UnsupportedConfigException.Kind;

/** Puts a user's layer in the place of Python code, which is never run. */
final class LambdaReader {
  private static final String CLASS = "Lambda";

  private LambdaReader() {}

  /**
   * Returns the layer that is registered for a {@code Lambda} of that name, with its own settings.
   *
   * @throws UnsupportedConfigException if there is none; the text says how to register one
   */
  static Layer read(Place config) {
    String name = config.string("name").orElse("lambda");
    String registered = CLASS + ">" + name;
    Layer prototype =
        Registry.INSTANCE
            .find(registered)
            .map(Row::prototype)
            .filter(Layer.class::isInstance)
            .map(Layer.class::cast)
            .orElseThrow(
                () ->
                    new UnsupportedConfigException(
                        config.pointer(),
                        Kind.CLASS,
                        CLASS,
                        "the layer \""
                            + name
                            + "\" is a Lambda, whose function is Python code and is never run;"
                            + " register a layer that computes the same by"
                            + " ConfigCodec.get().register(\""
                            + registered
                            + "\", …), or replace the Lambda in Python and save the model again"));
    LayerOptions before = prototype.givenConfig().options();
    Place trainable = config.at("trainable");
    Place dtype = config.at("dtype");
    LayerOptions options =
        new LayerOptions(
            name,
            trainable.none() ? before.trainable() : trainable.bool(),
            dtype.none()
                ? before.dtype()
                : (DTypePolicy) ValueReader.read(DTypePolicy.class, dtype));
    Record own = (Record) prototype.givenConfig();
    return prototype.copyOf((LayerConfig) Records.with(own, "options", options));
  }
}
