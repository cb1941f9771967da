package dev.ibex.examples;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SOFTMAX;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Models;
import dev.ibex.Sequential;
import dev.ibex.callbacks.EarlyStopping;
import dev.ibex.callbacks.ProgressBar;
import dev.ibex.data.Csv;
import dev.ibex.data.Split;
import dev.ibex.graph.Array;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.layers.Padding;
import dev.ibex.losses.SparseCategoricalCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.pictures.ConfusionMatrix;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Learns to read handwritten digits from 1258 images of 8×8 pixels, in less than a minute.
 *
 * <p>Arguments: {@code --seed N}, {@code --epochs N}, {@code --out DIR}.
 */
public final class Digits {
  @Option(names = "--seed")
  private long seed = 42;

  @Option(names = "--epochs")
  private int epochs = 80;

  @Option(names = "--out")
  private Path out = Places.output("digits");

  public static void main(String[] args) {
    CommandLine.populateCommand(new Digits(), args).run();
  }

  /** Trains, shows how well, and returns the accuracy on the test images. */
  double run() {
    Csv csv = Csv.read(Places.data("digits.csv"));
    Array images = images(csv.without("digit"));
    Array digits = Array.of(Shape.of(csv.rows()), csv.integers("digit"));
    Data data = Data.of(images, digits);

    List<int[]> rows = Split.of(csv.rows(), seed).parts(0.70, 0.15, 0.15);
    Data train = data.rows(rows.get(0));
    Data validation = data.rows(rows.get(1));
    Data test = data.rows(rows.get(2));

    try (Model model = model()) {
      model.summary(System.out::println);
      model.compile(Adam.of(1e-3), SparseCategoricalCrossentropy.of(), Metrics.accuracy());
      EarlyStopping stopping = EarlyStopping.of("val_loss").patience(10).restoreBestWeights(true);
      History history =
          model.fit(
              train,
              Fit.epochs(epochs)
                  .batchSize(32)
                  .validation(validation)
                  .callbacks(ProgressBar.of(), stopping));
      System.out.printf("best epoch %d%n", stopping.bestEpoch().orElse(0) + 1);

      double accuracy = model.evaluate(test).get("accuracy");
      System.out.printf(Locale.ROOT, "test accuracy %.4f%n", accuracy);
      Array seen = images.rows(rows.get(2));
      int[] actual = digits.rows(rows.get(2)).ints();
      System.out.println(ConfusionMatrix.of(actual, model.predict(seen).argmax()));

      Path png = out.resolve("digits.png");
      history.plot(png);
      System.out.println("learning curves: " + png);

      Path file = out.resolve("digits.keras");
      model.save(file);
      try (Model loaded = Models.load(file)) {
        if (!loaded.predict(seen).array().equals(model.predict(seen).array())) {
          throw new IllegalStateException("the loaded model predicts otherwise");
        }
      }
      System.out.println(
          "model: " + file + " (loaded again it predicts the same; Python's Keras reads it too)");
      return accuracy;
    }
  }

  private Model model() {
    return Sequential.of(
            Input.of(8, 8, 1),
            Conv2D.of(32, 3).padding(Padding.SAME).activation(RELU),
            MaxPooling2D.of(2),
            Dropout.of(0.25),
            Conv2D.of(64, 3).padding(Padding.SAME).activation(RELU),
            Dropout.of(0.25),
            Flatten.of(),
            Dense.of(128).activation(RELU),
            Dropout.of(0.5),
            Dense.of(10).activation(SOFTMAX))
        .seed(seed);
  }

  /** Returns {@code [image][row][column][channel]}, from 0 (white) to 1. */
  static Array images(Csv pixels) {
    float[] grey = Array.of(pixels.numbers()).floats();
    for (int i = 0; i < grey.length; i++) {
      grey[i] /= 16;
    }
    return Array.of(Shape.of(pixels.rows(), 8, 8, 1), grey);
  }
}
