package dev.ibex.examples;

import static dev.ibex.activations.Activations.SIGMOID;
import static dev.ibex.activations.Activations.TANH;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.callbacks.ProgressBar;
import dev.ibex.layers.Dense;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.optimizers.Adam;
import dev.ibex.pictures.Diagrams;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Learns "one or the other but not both", which no straight line divides: the smallest network that
 * needs a hidden layer.
 *
 * <p>Arguments: {@code --seed N}, {@code --epochs N}, {@code --out DIR}.
 */
public final class Xor {
  @Option(names = "--seed")
  private long seed = 1;

  @Option(names = "--epochs")
  private int epochs = 100;

  @Option(names = "--out")
  private Path out = Places.output("xor");

  public static void main(String[] args) {
    CommandLine.populateCommand(new Xor(), args).run();
  }

  /** Trains, shows the four answers, and returns them. */
  float[] run() {
    float[][] x = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
    float[][] y = {{0}, {1}, {1}, {0}};
    try (Model model =
        Sequential.of(Input.of(2), Dense.of(4).activation(TANH), Dense.of(1).activation(SIGMOID))
            .seed(seed)) {
      model.compile(Adam.of(0.05), BinaryCrossentropy.of());
      model.fit(Data.of(x, y), Fit.epochs(epochs).callbacks(ProgressBar.of()));

      float[] answers = model.predict(x).floats();
      for (int i = 0; i < x.length; i++) {
        System.out.printf(
            Locale.ROOT, "%.0f xor %.0f = %.0f: %.3f%n", x[i][0], x[i][1], y[i][0], answers[i]);
      }
      Path picture = out.resolve("model.png");
      Diagrams.of(model).activations(true).png(picture);
      System.out.println("the model: " + picture);
      return answers;
    }
  }
}
