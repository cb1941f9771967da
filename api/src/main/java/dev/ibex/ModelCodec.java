package dev.ibex;

import java.util.Optional;
import java.util.ServiceLoader;

/** Keras's JSON for whole models. Found as a service. */
public interface ModelCodec {
  /** Returns the codec of this library. */
  static ModelCodec get() {
    return Installed.CODEC;
  }

  /** Holds the codec once it is found. */
  final class Installed {
    private static final ModelCodec CODEC =
        ServiceLoader.load(ModelCodec.class, ModelCodec.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no service " + ModelCodec.class.getName()));

    private Installed() {}
  }

  /**
   * Returns a model's description, without weights and compilation.
   *
   * @throws dev.ibex.core.ConfigException if it holds a lambda or a class that is not registered;
   *     the text says where and what to write
   */
  String toJson(Model model);

  /**
   * Returns the model of a description, with new weights.
   *
   * @throws dev.ibex.core.UnsupportedConfigException if it holds a class or option that there is
   *     not
   * @throws dev.ibex.core.ConfigException if it is malformed; the text has the JSON pointer
   */
  Model fromJson(String json);

  /** Returns how the model of a description was compiled; empty if it was not. */
  Optional<Compile> compilation(String json, Model model);
}
