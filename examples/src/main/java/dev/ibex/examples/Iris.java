package dev.ibex.examples;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.activations.Activations.SOFTMAX;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.History;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.callbacks.ProgressBar;
import dev.ibex.data.Classes;
import dev.ibex.data.Csv;
import dev.ibex.data.Split;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
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
 * Tells three species of iris apart by the lengths of their leaves; the species are names in the
 * table.
 *
 * <p>Arguments: {@code --seed N}, {@code --epochs N}, {@code --out DIR}.
 */
public final class Iris {
  @Option(names = "--seed")
  private long seed = 1;

  @Option(names = "--epochs")
  private int epochs = 100;

  @Option(names = "--out")
  private Path out = Places.output("iris");

  public static void main(String[] args) {
    CommandLine.populateCommand(new Iris(), args).run();
  }

  /** Trains, shows how well, and returns the accuracy on flowers not seen before. */
  double run() {
    Csv csv = Csv.read(Places.data("iris.csv"));
    Classes species = csv.classes("species");
    Array lengths = Array.of(csv.without("species").numbers());
    Array labels = Array.of(Shape.of(csv.rows()), species.index());

    List<int[]> rows = Split.of(csv.rows(), seed).parts(0.7, 0.3);
    Data data = Data.of(lengths, labels);
    Data train = data.rows(rows.get(0));
    Data test = data.rows(rows.get(1));

    try (Model model =
        Sequential.of(
                Input.of(4),
                Dense.of(16).activation(RELU),
                Dense.of(species.names().size()).activation(SOFTMAX))
            .seed(seed)) {
      model.compile(Adam.of(0.01), SparseCategoricalCrossentropy.of(), Metrics.accuracy());
      History history =
          model.fit(
              train, Fit.epochs(epochs).batchSize(16).validation(test).callbacks(ProgressBar.of()));

      double accuracy = model.evaluate(test).get("accuracy");
      System.out.printf(Locale.ROOT, "test accuracy %.3f%n", accuracy);
      int[] predicted = model.predict(lengths.rows(rows.get(1))).argmax();
      int[] expected = labels.rows(rows.get(1)).ints();
      ConfusionMatrix matrix = ConfusionMatrix.of(expected, predicted, species.names());
      System.out.println(matrix);

      float[][] flower = {{5.9f, 3.0f, 4.2f, 1.5f}};
      System.out.println(
          "a flower of 5.9, 3.0, 4.2 and 1.5 cm: "
              + species.name(model.predict(flower).argmax()[0]));

      history.plot(out.resolve("curves.png"));
      matrix.plot(out.resolve("confusion.png"));
      System.out.println("pictures: " + out);
      return accuracy;
    }
  }
}
