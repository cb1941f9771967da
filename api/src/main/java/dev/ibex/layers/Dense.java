package dev.ibex.layers;

import static dev.ibex.activations.Activations.LINEAR;
import static dev.ibex.initializers.Initializers.glorotUniform;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.WeightSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Fully connected layer: {@code y = activation(x · kernel + bias)}.
 *
 * <p>{@code x: [batch, …, in] -> y: [batch, …, units]}; the axes between are kept. Passes the mask
 * on. Source: {@code keras.layers.Dense}.
 */
public final class Dense extends KernelLayer<Dense> {
  private final Config config;

  /**
   * The description of a {@link Dense}.
   *
   * @param units the size of the last output axis, at least 1
   */
  public record Config(
      LayerOptions options,
      int units,
      Activation activation,
      boolean useBias,
      Initializer kernelInitializer,
      Initializer biasInitializer,
      Regularizer kernelRegularizer,
      Regularizer biasRegularizer,
      Regularizer activityRegularizer,
      Constraint kernelConstraint,
      Constraint biasConstraint)
      implements KernelLayer.Kernel {
    /** Checks the size. */
    public Config {
      Check.positive("units", units);
    }
  }

  private Dense(Config config) {
    super(config, Dense::new);
    this.config = config;
  }

  /**
   * Returns a layer with Keras's defaults: no activation, a bias, Glorot's uniform kernel.
   *
   * @param units the size of the last output axis, at least 1
   */
  public static Dense of(int units) {
    return new Dense(
        new Config(
            LayerOptions.DEFAULT,
            units,
            LINEAR,
            true,
            glorotUniform(),
            zeros(),
            Regularizer.NONE,
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            Constraint.NONE));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  Shape linearShape(Shape in) {
    if (in.numDimensions() < 2) {
      throw new ShapeException("expected an input of rank 2 or more, got " + TensorSpec.text(in));
    }
    return Shapes.withLast(in, config.units);
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    return kernelAndBias(Shape.of(in.get(-1), config.units), config.units);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return activated(
        call, Matrices.times(call.tf(), x, call.weight("kernel"), y -> biased(call, y)));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
