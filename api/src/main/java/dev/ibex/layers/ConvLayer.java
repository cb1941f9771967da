package dev.ibex.layers;

import static dev.ibex.activations.Activations.LINEAR;
import static dev.ibex.initializers.Initializers.glorotUniform;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Convolution: each output is {@code activation(sum(window · kernel) + bias)}.
 *
 * @param <L> the layer's own class
 */
abstract class ConvLayer<L extends Layer> extends KernelLayer<L> implements Dilated<L> {
  private final Config config;
  private final Windows windows;

  /**
   * The description of a convolution. A list has one number an axis between batch and channels; a
   * list of one number stands for all axes.
   *
   * @param filters the number of output channels, at least 1
   * @param kernelSize the sizes of a window
   * @param strides the steps between windows; 1 where the windows are dilated
   * @param dilationRate the steps inside a window
   * @param groups into how many parts that do not meet the channels are split
   */
  public record Config(
      LayerOptions options,
      int filters,
      List<Integer> kernelSize,
      List<Integer> strides,
      Padding padding,
      DataFormat dataFormat,
      List<Integer> dilationRate,
      int groups,
      Activation activation,
      boolean useBias,
      Initializer kernelInitializer,
      Initializer biasInitializer,
      Regularizer kernelRegularizer,
      Regularizer biasRegularizer,
      Regularizer activityRegularizer,
      Constraint kernelConstraint,
      Constraint biasConstraint)
      implements KernelLayer.Kernel, Kernelled {
    /** Checks the numbers of channels. */
    public Config {
      Check.positive("filters", filters);
      Check.positive("groups", groups);
      Check.that(
          filters % groups == 0,
          "groups: expected a divisor of filters = %d, got %d",
          filters,
          groups);
    }

    /** Keras's defaults: stride 1, no padding, channels last, a bias. */
    static Config of(int filters, Integer... kernelSize) {
      return new Config(
          LayerOptions.DEFAULT,
          filters,
          List.of(kernelSize),
          List.of(1),
          Padding.VALID,
          DataFormat.CHANNELS_LAST,
          List.of(1),
          1,
          LINEAR,
          true,
          glorotUniform(),
          zeros(),
          Regularizer.NONE,
          Regularizer.NONE,
          Regularizer.NONE,
          Constraint.NONE,
          Constraint.NONE);
    }

    /** Returns this for so many axes, each with its numbers. */
    Config along(int axes) {
      if (axes > 1) {
        Kernelled.refuseCausal(padding);
      }
      return Kernelled.along(this, axes);
    }
  }

  /**
   * Creates a layer.
   *
   * @param axes how many axes lie between batch and channels
   */
  ConvLayer(int axes, Config given, Function<Config, L> copy) {
    super(given, copy);
    this.config = given.along(axes);
    this.windows = Windows.of(config);
  }

  /** Splits the channels into parts that do not meet; a divisor of filters and input channels. */
  public L groups(int n) {
    return with("groups", n);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  Shape linearShape(Shape in) {
    Kernelled.refuseDilatedSteps(config);
    return windows.outputShape(in, config.filters);
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    long channels = in.get(config.dataFormat.channelAxis(in.numDimensions()));
    if (channels > 0 && channels % config.groups != 0) {
      throw new ShapeException(
          config.groups
              + " groups do not divide the "
              + channels
              + " channels of the input "
              + TensorSpec.text(in));
    }
    return kernelAndBias(
        windows.kernel(channels < 0 ? -1 : channels / config.groups, config.filters),
        config.filters);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Operand<TNumber> y =
        windows.apply(
            call.tf(),
            Room.checked(call.tf(), x, windows),
            p ->
                biased(
                    call, Convolution.of(call, p, call.weight("kernel"), windows, config.groups)));
    return activated(call, y);
  }
}
