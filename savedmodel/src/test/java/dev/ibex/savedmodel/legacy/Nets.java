package dev.ibex.savedmodel.legacy;

import static dev.ibex.activations.Activations.RELU;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Optimizer;
import dev.ibex.graph.Array;
import dev.ibex.layers.BatchNormalization;
import dev.ibex.layers.Concatenate;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.metrics.Metrics;
import java.util.List;
import java.util.Random;
import org.tensorflow.ndarray.Shape;

/** Small models for the tests of files. */
final class Nets {
  static final Data DATA = Data.of(random(1, 12, 4), random(2, 12, 2));

  private Nets() {}

  /** Returns a model with a model inside, whose weights are of both sorts. */
  static Model nested() {
    Input a = Input.of(4).named("a");
    Sequential inner =
        Sequential.of(
            "inner", List.of(Input.of(4), Dense.of(3), BatchNormalization.of(), Dense.of(3)));
    var x = inner.apply(a);
    var y = Dense.of(3).activation(RELU).named("side").apply(a);
    Model model =
        Model.of(
            "net",
            List.of(a),
            List.of(Dense.of(2).named("out").apply(Concatenate.of().apply(x, y))));
    model.seed(5);
    return model;
  }

  static Model compiled(Optimizer optimizer) {
    Model model = nested();
    model.compile(optimizer, MeanSquaredError.of(), Metrics.mae());
    return model;
  }

  static void train(Model model) {
    model.fit(DATA, Fit.epochs(2).batchSize(4));
  }

  static Array random(long seed, int rows, int columns) {
    Random random = new Random(seed);
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Array.of(Shape.of(rows, columns), values);
  }
}
