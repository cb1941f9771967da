package dev.ibex.examples;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SIGMOID;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.callbacks.ProgressBar;
import dev.ibex.data.Csv;
import dev.ibex.data.Split;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Normalization;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import dev.ibex.pictures.ConfusionMatrix;
import dev.ibex.pictures.RocCurve;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Tells benign from malignant tumours by 30 measurements on very different scales. Malignant ones
 * are fewer, so each counts more.
 *
 * <p>Arguments: {@code --seed N}, {@code --epochs N}, {@code --out DIR}.
 */
public final class BreastCancer {
  @Option(names = "--seed")
  private long seed = 1;

  @Option(names = "--epochs")
  private int epochs = 30;

  @Option(names = "--out")
  private Path out = Places.output("breast-cancer");

  public static void main(String[] args) {
    CommandLine.populateCommand(new BreastCancer(), args).run();
  }

  /**
   * Trains, shows how well, and returns the area under the ROC curve of samples not seen before.
   */
  double run() {
    Csv csv = Csv.read(Places.data("breast_cancer.csv"));
    List<int[]> rows = Split.of(csv.rows(), seed).parts(0.7, 0.3);
    Array x = Array.of(csv.without("benign").numbers());
    Array benign = Array.of(Shape.of(csv.rows(), 1), csv.integers("benign"));
    Data data = Data.of(x, benign);
    Data train = data.rows(rows.get(0));
    Data test = data.rows(rows.get(1));

    Normalization scaled = Normalization.of();
    scaled.adapt(x.rows(rows.get(0)));
    try (Model model =
        Sequential.of(
                Input.of(30),
                scaled,
                Dense.of(16).activation(RELU),
                Dense.of(1).activation(SIGMOID))
            .seed(seed)) {
      model.compile(Adam.of(0.005), BinaryCrossentropy.of(), Metrics.accuracy());
      History history =
          model.fit(
              train,
              Fit.epochs(epochs)
                  .classWeights(Map.of(0, 1.34, 1, 0.80)) // 212 and 357 of 569
                  .validation(test)
                  .callbacks(ProgressBar.of()));

      int[] expected = benign.rows(rows.get(1)).ints();
      float[] scores = model.predict(x.rows(rows.get(1))).floats();
      int[] predicted = IntStream.range(0, scores.length).map(i -> Math.round(scores[i])).toArray();
      ConfusionMatrix matrix = ConfusionMatrix.of(expected, predicted, "malignant", "benign");
      RocCurve roc = RocCurve.of(expected, scores);
      System.out.println(matrix);
      System.out.println(roc);

      history.plot(out.resolve("curves.png"));
      matrix.plot(out.resolve("confusion.png"));
      roc.plot(out.resolve("roc.png"));
      System.out.println("pictures: " + out);
      return roc.area();
    }
  }
}
