package dev.ibex.examples;

import static dev.ibex.activations.Activations.SIGMOID;

import dev.ibex.CustomTraining;
import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.StepScope;
import dev.ibex.callbacks.ProgressBar;
import dev.ibex.core.Loss;
import dev.ibex.core.Optimizer;
import dev.ibex.data.Csv;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Dropout;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.LeakyReLU;
import dev.ibex.layers.Padding;
import dev.ibex.layers.Reshape;
import dev.ibex.layers.UpSampling2D;
import dev.ibex.losses.BinaryCrossentropy;
import dev.ibex.optimizers.Adam;
import dev.ibex.pictures.ImageGrid;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/**
 * Makes up handwritten digits: one model draws them from noise, another tells them from real ones,
 * and each learns from the other in a training step of its own.
 *
 * <p>Arguments: {@code --seed N}, {@code --epochs N}, {@code --out DIR}.
 */
public final class Gan {
  private static final int NOISE = 16;

  private final Optimizer makerOptimizer = Adam.of(1e-3).beta1(0.5);
  private final Optimizer judgeOptimizer = Adam.of(5e-4).beta1(0.5);
  private final Loss loss = BinaryCrossentropy.of().fromLogits(true).labelSmoothing(0.1);

  @Option(names = "--seed")
  private long seed = 1;

  @Option(names = "--epochs")
  private int epochs = 60;

  @Option(names = "--out")
  private Path out = Places.output("gan");

  public static void main(String[] args) throws IOException {
    CommandLine.populateCommand(new Gan(), args).run();
  }

  /** Trains, draws 64 digits, and returns how alike the means of made and real ones are. */
  double run() throws IOException {
    Array images = Digits.images(Csv.read(Places.data("digits.csv")).without("digit"));
    try (Model maker = maker();
        Model judge = judge()) {
      CustomTraining gan =
          CustomTraining.of(List.of(maker, judge), step -> emit(step, maker, judge)).seed(seed);
      gan.fit(Data.of(images), Fit.epochs(epochs).batchSize(64).callbacks(ProgressBar.of()));

      Random random = new Random(seed);
      Array noise = Array.generate(DType.FLOAT32, Shape.of(256, NOISE), i -> random.nextGaussian());
      Array made = maker.predict(noise).array();
      double likeness = correlation(mean(made), mean(images));
      System.out.printf(
          Locale.ROOT, "mean of made and of real digits: correlation %.3f%n", likeness);
      Path png = out.resolve("digits.png");
      ImageGrid.of(made.rows(IntStream.range(0, 64).toArray())).plot(png);
      System.out.println("64 made digits: " + png);
      return likeness;
    }
  }

  private void emit(StepScope step, Model maker, Model judge) {
    Ops tf = step.tf();
    Operand<TNumber> real = step.input();

    Operand<TNumber> made = step.call(maker, step.normal(real, NOISE));
    Operand<TNumber> yes = step.call(judge, real);
    Operand<TNumber> no = step.call(judge, made);
    Operand<TNumber> judged =
        tf.math.add(step.loss(loss, tf.onesLike(yes), yes), step.loss(loss, tf.zerosLike(no), no));
    step.minimize(judgeOptimizer, judged, judge);

    // the judge as it is now, and other noise
    Operand<TNumber> verdict = step.call(judge, step.call(maker, step.normal(real, NOISE)));
    Operand<TNumber> fooled = step.loss(loss, tf.onesLike(verdict), verdict);
    step.minimize(makerOptimizer, fooled, maker);

    step.log("judge", judged);
    step.log("maker", fooled);
  }

  private Model maker() {
    return Sequential.of(
            Input.of(NOISE),
            Dense.of(4 * 4 * 64),
            LeakyReLU.of(),
            Reshape.of(4, 4, 64),
            UpSampling2D.of(2),
            Conv2D.of(32, 3).padding(Padding.SAME),
            LeakyReLU.of(),
            Conv2D.of(1, 3).padding(Padding.SAME).activation(SIGMOID))
        .seed(seed);
  }

  private Model judge() {
    return Sequential.of(
            Input.of(8, 8, 1),
            Conv2D.of(32, 3).strides(2).padding(Padding.SAME),
            LeakyReLU.of(),
            Conv2D.of(64, 3).strides(2).padding(Padding.SAME),
            LeakyReLU.of(),
            Flatten.of(),
            Dropout.of(0.3),
            Dense.of(1))
        .seed(seed + 1);
  }

  /** Returns the mean image. */
  private static double[] mean(Array images) {
    double[] mean = new double[64];
    for (int i = 0; i < images.size(); i++) {
      mean[i % 64] += images.number(i) / images.rows();
    }
    return mean;
  }

  private static double correlation(double[] a, double[] b) {
    double meanA = Arrays.stream(a).average().orElseThrow();
    double meanB = Arrays.stream(b).average().orElseThrow();
    double ab = 0;
    double aa = 0;
    double bb = 0;
    for (int i = 0; i < a.length; i++) {
      ab += (a[i] - meanA) * (b[i] - meanB);
      aa += (a[i] - meanA) * (a[i] - meanA);
      bb += (b[i] - meanB) * (b[i] - meanB);
    }
    return ab / Math.sqrt(aa * bb);
  }
}
