package user;

import dev.ibex.Data;
import dev.ibex.Fit;
import dev.ibex.Input;
import dev.ibex.Sequential;
import dev.ibex.framework.TensorFlowFramework;
import dev.ibex.optimizers.SGD;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.framework.losses.MeanSquaredError;

/** Trains a layer of this module, saves its weights and loads them again. */
public final class Main {
  public static void main(String[] args) throws Exception {
    float[][] x = {{1, 2}, {3, -1}, {0, 1}};
    float[][] y = {{2, -2}, {6, 1}, {0, -1}};
    try (Sequential model = Sequential.of(Input.of(2), new Scale())) {
      model.compile(SGD.of(0.1), (tf, t, p) -> tf.math.squaredDifference(t, p));
      double loss = model.fit(Data.of(x, y), Fit.epochs(200)).last("loss");
      Path dir = Files.createTempDirectory("scale");
      model.saveWeights(dir);
      try (Sequential again = Sequential.of(Input.of(2), new Scale())) {
        again.loadWeights(dir);
        again.compile(SGD.of(0.1), TensorFlowFramework.loss(new MeanSquaredError()));
        boolean same =
            java.util.Arrays.equals(model.predict(x).floats(), again.predict(x).floats())
                && again.evaluate(Data.of(x, y)).loss() < 1e-6;
        System.out.println(
            Main.class.getModule().getName() + " loss " + (loss < 1e-6) + " same " + same);
      }
    }
  }
}
