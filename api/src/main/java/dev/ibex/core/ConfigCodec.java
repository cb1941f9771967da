package dev.ibex.core;

import java.util.Optional;
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
   * @throws ConfigException if it is a lambda or a class without a config; the text says what to do
   */
  String toJson(Object object);

  /**
   * Returns the object of a serialization.
   *
   * @param type what is expected, such as {@code Layer.class}
   * @throws UnsupportedConfigException if its class or an option is unknown
   * @throws ConfigException if it is malformed or of another type
   */
  <T> T fromJson(Class<T> type, String json);

  /**
   * Makes a class of yours known, so that models that hold it can be saved and loaded.
   *
   * <pre>{@code
   * ConfigCodec.get().register("my_package>Scale", Scale.of(1));
   * }</pre>
   *
   * @param registeredName package and class as {@code keras.saving.register_keras_serializable}
   *     joins them in Python
   * @param prototype a layer with a config record, or a record that is a loss, metric, optimizer,
   *     initializer, regularizer, constraint or activation; its values are the defaults of keys
   *     that a file lacks
   * @param required the JSON names of components that every file must have
   * @throws IllegalArgumentException if the name is malformed or taken by another class, or the
   *     prototype is none of these
   */
  void register(String registeredName, Object prototype, String... required);

  /** Returns the name under which an object's class is registered; empty for one of Keras. */
  Optional<String> registeredName(Object object);
}
