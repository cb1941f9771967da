package dev.ibex.savedmodel.keras;

import dev.ibex.Compile;
import dev.ibex.LoadOptions;
import dev.ibex.Model;
import dev.ibex.ModelCodec;
import dev.ibex.ModelFormatException;
import dev.ibex.core.ConfigException;
import dev.ibex.savedmodel.files.Container;
import dev.ibex.savedmodel.files.Conventions;
import dev.ibex.savedmodel.files.Magic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A {@code .keras} archive that is open to be read. */
public final class KerasArchive implements AutoCloseable {
  private static final int SHOWN = 10;

  private final Container container;

  private KerasArchive(Container container) {
    this.container = container;
  }

  /** Returns whether a path is an archive, be it damaged, or a directory with its parts. */
  static boolean isOne(Path path) {
    if (Files.isDirectory(path)) {
      return Files.isRegularFile(path.resolve(KerasParts.CONFIG));
    } else if (!Magic.isZip(path)) {
      return false;
    }
    try (Container zip = Container.open(path)) {
      return zip.names().contains(KerasParts.CONFIG);
    } catch (ModelFormatException damaged) {
      return true;
    }
  }

  /**
   * Opens an archive.
   *
   * @throws ModelFormatException if it is neither a zip nor a directory
   */
  public static KerasArchive open(Path path) {
    return new KerasArchive(Container.open(path));
  }

  /** Returns the model with its weights. */
  Model model(LoadOptions options) {
    return built(
        (model, json) -> {
          try (OpenWeights weights = weights()) {
            if (options.compile()) {
              compile(model, json, c -> compile(model, c, weights.stored()));
            }
            new WeightLoader(model, weights::fail).loadAll(weights.stored());
          }
        });
  }

  /**
   * Returns the model with new weights, whether there are others in the archive or not.
   *
   * @throws ModelFormatException if it is damaged or asks for something that there is not
   */
  public Model unweighted(LoadOptions options) {
    return built(
        (model, json) -> {
          if (options.compile()) {
            compile(model, json, model::compile);
          }
        });
  }

  private Model built(BiConsumer<Model, String> rest) {
    String json = new String(container.bytes(KerasParts.CONFIG), StandardCharsets.UTF_8);
    Model model = describe(json);
    try {
      Assets.load(container, WeightPaths.of(model));
      rest.accept(model, json);
      return model;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  /** Opens the part with the weights. */
  OpenWeights weights() {
    return OpenWeights.of(container)
        .orElseThrow(
            () ->
                new ModelFormatException(
                    container.path(),
                    "",
                    "it has no weights: expected "
                        + KerasParts.WEIGHTS
                        + " or "
                        + KerasParts.NPZ
                        + ", got "
                        + first(container.names()),
                    null));
  }

  private static String first(SortedSet<String> names) {
    return names.stream().limit(SHOWN).toList()
        + (names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "");
  }

  private Model describe(String json) {
    try {
      return ModelCodec.get().fromJson(json, name -> Assets.find(container, name));
    } catch (ConfigException e) {
      throw fail("", String.valueOf(e.getMessage()), e);
    }
  }

  private void compile(Model model, String json, Consumer<Compile> compiling) {
    try {
      Optional<Compile> compile = ModelCodec.get().compilation(json, model);
      // where there is a GPU, Keras writes jit_compile: true unasked
      compile.ifPresent(
          c -> compiling.accept(c.jitCompile(c.jitCompile() && KerasParts.isOwn(container))));
    } catch (IllegalArgumentException e) {
      String place = e instanceof ConfigException ? "" : "at /compile_config: ";
      throw fail("", place + e.getMessage() + Conventions.UNCOMPILED, e);
    }
  }

  /**
   * Keras scales the loss by the policy of its whole program, which the file shows by its state.
   */
  private static void compile(Model model, Compile compile, StoredWeights stored) {
    model.compile(compile);
    OptimizerPaths optimizer = OptimizerPaths.of(model);
    if (model.scalesLoss()
        && OptimizerPaths.stored(stored)
        && optimizer.variables(optimizer.state(stored)).isEmpty()) {
      model.compile(compile.autoScaleLoss(false));
    }
  }

  private ModelFormatException fail(String place, String text, @Nullable Throwable cause) {
    return new ModelFormatException(container.path(), KerasParts.CONFIG + place, text, cause);
  }

  @Override
  public void close() {
    container.close();
  }
}
