package dev.ibex.savedmodel.tool;

import static dev.ibex.activations.Activations.RELU;

import dev.ibex.Data;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.SymbolicTensor;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Add;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.savedmodel.files.AtomicFile;
import dev.ibex.savedmodel.files.Container;
import dev.ibex.savedmodel.files.ZipWriter;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.tensorflow.ndarray.Shape;

/** Files that the tests work on. */
final class Samples {
  static final String CONFIG = "config.json";

  private Samples() {}

  /** Returns a file that Keras wrote. */
  static Path fixture(String name) {
    try {
      return Path.of(
          Objects.requireNonNull(Samples.class.getResource("/files/" + name), name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static Array inputs(int... dims) {
    Shape shape = Shape.of(java.util.Arrays.stream(dims).asLongStream().toArray());
    return Array.generate(DType.FLOAT32, shape, i -> Math.sin(i));
  }

  /** Writes a model that was trained for one step, and returns its file. */
  static Path trained(Path file) {
    try (Sequential model =
        Sequential.of(
            Input.of(4),
            Dense.of(3).activation(RELU).named("hidden"),
            BatchNormalization.of().named("norm"),
            Dense.of(1).named("out"))) {
      model.seed(7);
      model.compile(Adam.of(0.5), MeanSquaredError.of(), Metrics.mae());
      model.trainOnBatch(Data.of(inputs(5, 4), inputs(5, 1)));
      model.save(file);
    }
    return file;
  }

  /** Writes a model with the inputs left and right and the outputs sum and last. */
  static Path branched(Path file) {
    Input left = Input.of(4).named("left");
    Input right = Input.of(4).named("right");
    SymbolicTensor sum = Add.of().named("sum").apply(left, right);
    SymbolicTensor last = Dense.of(2).named("last").apply(sum);
    try (Model model = Model.of(List.of(left, right), List.of(sum, last))) {
      model.seed(7).save(file);
    }
    return file;
  }

  /** Writes an archive again with another text in its description, and returns it. */
  static Path edited(Path archive, Path to, String text, String other) {
    try (Container parts = Container.open(archive)) {
      AtomicFile.write(
          to,
          out -> {
            try (ZipWriter zip = new ZipWriter(out)) {
              for (String name : parts.names()) {
                byte[] content = parts.bytes(name);
                zip.add(name, name.equals(CONFIG) ? replaced(content, text, other) : content);
              }
            }
          });
    }
    return to;
  }

  private static byte[] replaced(byte[] content, String text, String other) {
    String json = new String(content, StandardCharsets.UTF_8);
    if (!json.contains(text)) {
      throw new AssertionError(text + " is not in " + json);
    }
    return json.replace(text, other).getBytes(StandardCharsets.UTF_8);
  }
}
