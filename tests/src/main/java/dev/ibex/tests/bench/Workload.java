package dev.ibex.tests.bench;

import static dev.ibex.activations.Activations.RELU;
import static dev.ibex.layers.Padding.SAME;

import dev.ibex.Input;
import dev.ibex.Model;
import dev.ibex.Sequential;
import dev.ibex.core.Optimizer;
import dev.ibex.layers.Conv2D;
import dev.ibex.layers.Dense;
import dev.ibex.layers.Flatten;
import dev.ibex.layers.MaxPooling2D;
import dev.ibex.optimizers.Adam;
import dev.ibex.optimizers.SGD;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import org.tensorflow.ndarray.Shape;

/** The workloads: by what optimizer it trains, if it does, samples of what shape, which model. */
@SuppressWarnings("ImmutableEnumChecker") // shapes and suppliers do not change
enum Workload {
  TRAIN_MLP(Optional.of(Adam.of(1e-3)), Shape.of(784), Workload::mlp),
  TRAIN_LENET(Optional.of(Adam.of(1e-3)), Shape.of(28, 28, 1), Workload::lenet),
  TRAIN_VGGISH(Optional.of(SGD.of(0.01).momentum(0.9)), Shape.of(32, 32, 3), Workload::vggish),
  TRAIN_RESNET(Optional.of(SGD.of(0.01).momentum(0.9)), Shape.of(32, 32, 3), ResNet20::model),
  PREDICT_MLP(Optional.empty(), Shape.of(784), Workload::mlp);

  final Optional<Optimizer> training;
  final Shape sample;
  final Supplier<Model> model;

  Workload(Optional<Optimizer> training, Shape sample, Supplier<Model> model) {
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

  private static Model mlp() {
    return Sequential.of(
        Input.of(784),
        Dense.of(512).activation(RELU),
        Dense.of(512).activation(RELU),
        Dense.of(10));
  }

  private static Model lenet() {
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

  private static Model vggish() {
    return Sequential.of(
        Input.of(32, 32, 3),
        Conv2D.of(64, 3).padding(SAME).activation(RELU),
        Conv2D.of(64, 3).padding(SAME).activation(RELU),
        MaxPooling2D.of(2),
        Conv2D.of(128, 3).padding(SAME).activation(RELU),
        Conv2D.of(128, 3).padding(SAME).activation(RELU),
        MaxPooling2D.of(2),
        Flatten.of(),
        Dense.of(256).activation(RELU),
        Dense.of(10));
  }
}
