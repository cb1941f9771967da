package dev.ibex.tests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.core.Activation;
import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import dev.ibex.layers.Dense;
import dev.ibex.losses.MeanSquaredError;
import dev.ibex.optimizers.SGD;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.tensorflow.framework.activations.Swish;
import org.tensorflow.framework.losses.Losses;
import org.tensorflow.ndarray.Shape;

/** Functions of TensorFlow's framework, as lambdas. */
class FrameworkTest {
  private static final Array X = Array.of(Shape.of(3, 2), 1f, -2f, 0.5f, 4f, -3f, 0f);
  private static final Array Y = Array.of(Shape.of(3, 1), 1f, 0f, -1f);

  private static List<Double> losses(Activation activation, Loss loss) {
    try (Sequential model =
        Sequential.of(Input.of(2), Dense.of(4).activation(activation), Dense.of(1))) {
      model.seed(3).compile(SGD.of(0.1), loss);
      return model.fit(Data.of(X, Y), Fit.epochs(3)).get("loss");
    }
  }

  @Test
  void a_models_loss_and_activation_can_be_the_frameworks() {
    Activation swish = (tf, x) -> Swish.swish(tf, x);
    Loss squares = (tf, yTrue, yPred) -> Losses.meanSquaredError(tf, yTrue, yPred);
    assertThat(losses(swish, squares)).isEqualTo(losses(swish, MeanSquaredError.of()));
  }
}
