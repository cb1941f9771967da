package dev.ibex.examples;

import static dev.ibex.activations.Activations.RELU;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.callbacks.EarlyStopping;
import dev.ibex.callbacks.ProgressBar;
import dev.ibex.data.Csv;
import dev.ibex.data.Split;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Normalization;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import dev.ibex.optimizers.Adam;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.tensorflow.ndarray.Shape;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Predicts a number: how far diabetes has progressed a year after ten measurements.
 *
 * <p>Arguments: {@code --seed N}, {@code --epochs N}, {@code --out DIR}.
 */
public final class Diabetes {
  @Option(names = "--seed")
  private long seed = 1;

  @Option(names = "--epochs")
  private int epochs = 200;

  @Option(names = "--out")
  private Path out = Places.output("diabetes");

  /** The mean squared errors on patients not seen before. */
  record Result(double model, double mean) {}

  public static void main(String[] args) {
    CommandLine.populateCommand(new Diabetes(), args).run();
  }

  /** Trains and compares with whoever always says the mean. */
  Result run() {
    Csv csv = Csv.read(Places.data("diabetes.csv"));
    List<int[]> rows = Split.of(csv.rows(), seed).parts(0.6, 0.15, 0.25);
    Array x = Array.of(csv.without("progression").numbers());
    Array y = Array.of(Shape.of(csv.rows(), 1), csv.numbers("progression"));
    Data data = Data.of(x, y);
    Data test = data.rows(rows.get(2));

    Normalization scaled = Normalization.of();
    scaled.adapt(x.rows(rows.get(0)));
    try (Model model =
        Sequential.of(Input.of(10), scaled, Dense.of(16).activation(RELU), Dense.of(1))
            .seed(seed)) {
      model.compile(Adam.of(0.01), MeanSquaredError.of(), Metrics.mae());
      History history =
          model.fit(
              data.rows(rows.get(0)),
              Fit.epochs(epochs)
                  .validation(data.rows(rows.get(1)))
                  .callbacks(
                      ProgressBar.of(),
                      EarlyStopping.of("val_loss").patience(20).restoreBestWeights(true)));

      double mean = mean(y.rows(rows.get(0)).floats());
      Result result =
          new Result(model.evaluate(test).loss(), squaredError(y.rows(rows.get(2)).floats(), mean));
      System.out.printf(
          Locale.ROOT,
          "mean squared error %.0f; of the mean %.0f: R² = %.2f%n",
          result.model,
          result.mean,
          1 - result.model / result.mean);
      Path curves = out.resolve("curves.png");
      history.plot(curves);
      System.out.println("learning curves: " + curves);
      return result;
    }
  }

  private static double mean(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  private static double squaredError(float[] values, double guess) {
    return IntStream.range(0, values.length)
        .mapToDouble(i -> Math.pow(values[i] - guess, 2))
        .average()
        .orElseThrow();
  }
}
