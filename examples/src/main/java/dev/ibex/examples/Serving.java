package dev.ibex.examples;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SOFTMAX;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Prediction;
import dev.ibex.Sequential;
import dev.ibex.callbacks.ProgressBar;
import dev.ibex.data.Csv;
import dev.ibex.data.Split;
import dev.ibex.graph.Array;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.savedmodel.ExportOptions;
import dev.ibex.savedmodel.ExportSignature;
import dev.ibex.savedmodel.LoadedModel;
import dev.ibex.savedmodel.SavedFunction;
import dev.ibex.savedmodel.SavedModels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Exports a small reader of digits as TensorFlow's SavedModel and calls what it exported: the
 * classes, the features before them, encoded images, and training that goes on without the layers.
 * docs/SERVING.md goes on from here with TensorFlow Serving and Python.
 *
 * <p>Arguments: {@code --seed N}, {@code --epochs N}, {@code --out DIR}.
 */
public final class Serving {
  private static final int BATCH = 32;
  private static final int STEPS = 20;

  @Option(names = "--seed")
  private long seed = 42;

  @Option(names = "--epochs")
  private int epochs = 20;

  @Option(names = "--out")
  private Path out = Places.output("serving");

  /**
   * What the exported program did.
   *
   * @param version the directory that was exported
   * @param difference the largest one between its outputs and the model's
   * @param sameDigit whether a PNG file is read as its pixels are
   * @param lossBefore of a batch before its training steps
   * @param lossAfter of the same batch after them
   */
  record Result(
      Path version, double difference, boolean sameDigit, double lossBefore, double lossAfter) {}

  public static void main(String[] args) {
    CommandLine.populateCommand(new Serving(), args).run();
  }

  /** Trains, exports, loads and calls; returns what came of it. */
  Result run() {
    Csv csv = Csv.read(Places.data("digits.csv"));
    Array images = Digits.images(csv.without("digit"));
    Array digits = Array.of(Shape.of(csv.rows()), csv.integers("digit"));
    List<int[]> rows = Split.of(csv.rows(), seed).parts(0.8, 0.2);
    Data train = Data.of(images, digits).rows(rows.get(0));
    Array seen = images.rows(rows.get(1)).slice(0, BATCH);
    Array labels = digits.rows(rows.get(1)).slice(0, BATCH);

    try (Model model = model()) {
      model.compile(Adam.of(1e-3), SparseCategoricalCrossentropy.of(), Metrics.accuracy());
      model.fit(train, Fit.epochs(epochs).batchSize(BATCH).callbacks(ProgressBar.of()));

      Path base = out.resolve("digits");
      Path version = SavedModels.export(model, base, options(model, train));
      System.out.println("exported: " + version);
      Result result = call(version, model.predict(seen).array(), seen, labels);
      explain(base, version);
      return result;
    }
  }

  private Model model() {
    return Sequential.of(
            Input.of(8, 8, 1).named("pixels"),
            Conv2D.of(32, 3).activation(RELU),
            MaxPooling2D.of(2),
            Flatten.of(),
            Dense.of(64).activation(RELU).named("features"),
            Dropout.of(0.25),
            Dense.of(10).activation(SOFTMAX).named("digit"))
        .seed(seed);
  }

  /**
   * Returns options of a new version, with four functions beside the outputs; they share the
   * weights.
   */
  private static ExportOptions options(Model model, Data train) {
    Model features = Model.of(model.input(), model.layer("features").output());
    return ExportOptions.DEFAULT
        .versioned()
        .signature("features", ExportSignature.of(features))
        .signature("images", ExportSignature.images(1 / 255.0))
        .signature("train", ExportSignature.training(train))
        .signature("evaluate", ExportSignature.evaluation(train));
  }

  /** Calls the functions by name; nothing of Ibex's layers is needed for that. */
  private static Result call(Path version, Array expected, Array pixels, Array labels) {
    Map<String, Array> batch = Map.of("pixels", pixels, "digit", labels);
    try (LoadedModel loaded = SavedModels.load(version)) {
      loaded.signatures().values().forEach(s -> System.out.println("  " + s));

      Prediction digits = loaded.predict(pixels);
      double difference = difference(expected, digits.get("digit"));
      System.out.printf(
          Locale.ROOT, "its outputs differ from the model's by %.1e at most%n", difference);
      Prediction features = loaded.function("features").call(pixels);
      System.out.println("features of " + BATCH + " images: " + features.get("features").shape());

      Array png = Array.ofBytes(Shape.of(1), png(pixels.slice(0, 1)));
      int read = loaded.function("images").call(png).argmax()[0];
      System.out.printf("a PNG file is read as %d, its pixels as %d%n", read, digits.argmax()[0]);

      double before = loss(loaded.function("evaluate"), batch);
      SavedFunction step = loaded.function("train");
      for (int i = 0; i < STEPS; i++) {
        loss(step, batch);
      }
      double after = loss(loaded.function("evaluate"), batch);
      System.out.printf(
          Locale.ROOT,
          "%d training steps bring the loss from %.4f to %.4f%n",
          STEPS,
          before,
          after);
      return new Result(version, difference, read == digits.argmax()[0], before, after);
    }
  }

  private static double loss(SavedFunction step, Map<String, Array> batch) {
    return step.call(batch).get("loss").number(0);
  }

  private static double difference(Array a, Array b) {
    float[] left = a.floats();
    float[] right = b.floats();
    double largest = 0;
    for (int i = 0; i < left.length; i++) {
      largest = Math.max(largest, Math.abs(left[i] - right[i]));
    }
    return largest;
  }

  private static void explain(Path base, Path version) {
    System.out.printf(
        """

        Now serve it (docs/SERVING.md):
          docker run --rm -p 8500:8500 -p 8501:8501 \\
            -v "%s:/models/digits" -e MODEL_NAME=digits tensorflow/serving
          curl http://localhost:8501/v1/models/digits/metadata
        or go on with it in Python:
          model = tf.saved_model.load("%s")
        """,
        base.toAbsolutePath(), version);
  }

  /** Returns an image file of one digit, white on black. */
  private static byte[] png(Array digit) {
    BufferedImage picture = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < digit.size(); i++) {
      picture.getRaster().setSample(i % 8, i / 8, 0, (int) Math.round(255 * digit.number(i)));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
