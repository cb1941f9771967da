package dev.ibex.tests.bench;

import static dev.ibex.activations.Activations.RELU;

import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.MaxPooling2D;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/** The workloads: which model, on samples of what shape, and whether it trains. */
@SuppressWarnings("ImmutableEnumChecker") // shapes and suppliers do not change
enum Workload {
  TRAIN_MLP(true, Shape.of(784), Workload::mlp),
  TRAIN_LENET(true, Shape.of(28, 28, 1), Workload::lenet),
  PREDICT_MLP(false, Shape.of(784), Workload::mlp);

  final boolean training;
  final Shape sample;
  final Supplier<Sequential> model;

  Workload(boolean training, Shape sample, Supplier<Sequential> model) {
    this.training = training;
    this.sample = sample;
    this.model = model;
  }

  static Optional<Workload> of(String name) {
    return Arrays.stream(values()).filter(w -> w.key().equals(name)).findFirst();
  }

  String key() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }

  private static Sequential mlp() {
    return Sequential.of(
        Input.of(784),
        Dense.of(512).activation(RELU),
        Dense.of(512).activation(RELU),
        Dense.of(10));
  }

  private static Sequential lenet() {
    return Sequential.of(
        Input.of(28, 28, 1),
        Conv2D.of(32, 3).activation(RELU),
        MaxPooling2D.of(2),
        Conv2D.of(64, 3).activation(RELU),
        MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(128).activation(RELU),
        Dense.of(10));
  }
}
