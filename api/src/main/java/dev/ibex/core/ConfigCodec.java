package dev.ibex.core;

import java.util.ServiceLoader;

/** Keras's JSON for configs; the one door to the JSON library. Found as a service. */
public interface ConfigCodec {
  /** Returns the codec of this library. */
  static ConfigCodec get() {
    return Installed.CODEC;
  }

  /** Holds the codec once it is found. */
  final class Installed {
    private static final ConfigCodec CODEC =
        ServiceLoader.load(ConfigCodec.class, ConfigCodec.class.getClassLoader())
            .findFirst()
            .orElseThrow(
                () -> new IllegalStateException("no service " + ConfigCodec.class.getName()));

    private Installed() {}
  }

  /**
   * Returns a layer, loss, metric, optimizer, initializer… as Keras serializes it: {@code {module,
   * class_name, config, registered_name}}.
   *
   * @throws IllegalArgumentException if it is a lambda or a class without a config; the text says
   *     what to do
   */
  String toJson(Object object);

  /**
   * Returns the object of a serialization.
   *
   * @param type what is expected, such as {@code Layer.class}
   * @throws IllegalArgumentException if it is malformed, its class is unknown or it is of another
   *     type
   */
  <T> T fromJson(Class<T> type, String json);
}
