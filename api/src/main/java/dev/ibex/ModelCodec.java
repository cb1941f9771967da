package dev.ibex;

import dev.ibex.core.LayerFiles;
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
   * Returns a model's description with its compilation if it is compiled, as {@code .keras} files
   * hold it.
   *
   * @throws dev.ibex.core.ConfigException as {@link #toJson}, also for what the compilation holds
   */
  String toCompiledJson(Model model);

  /**
   * Returns the model of a description, with new weights.
   *
   * @throws dev.ibex.core.UnsupportedConfigException if it holds a class or option that there is
   *     not
   * @throws dev.ibex.core.ConfigException if it is malformed; the text has the JSON pointer
   */
  default Model fromJson(String json) {
    return fromJson(json, LayerFiles.NONE);
  }

  /** As {@link #fromJson(String)}, for a description with files beside it. */
  Model fromJson(String json, LayerFiles files);

  /**
   * Returns how the model of a description was compiled; empty if it was not. Whoever knows that
   * Keras wrote it takes {@link Compile#jitCompile} back: where there is a GPU, Keras says true
   * unasked.
   */
  Optional<Compile> compilation(String json, Model model);

  /**
   * Returns a compiled model's compilation as {@code .h5} files hold it, in {@code
   * training_config}.
   *
   * @throws dev.ibex.core.ConfigException if it holds a lambda or a class that is not registered
   * @throws IllegalStateException before compile
   */
  String toTrainingJson(Model model);

  /**
   * Returns the compilation of a {@code training_config}, without {@link Compile#jitCompile}: where
   * there is a GPU, Keras says true unasked, and {@code .h5} files do not say who wrote them.
   *
   * @throws dev.ibex.core.ConfigException if it is malformed or asks for something that there is
   *     not
   */
  Compile training(String json, Model model);
}
