package dev.ibex.layers;

import static dev.ibex.activations.Activations.LINEAR;
import static dev.ibex.initializers.Initializers.glorotUniform;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Convolution of each channel alone: each output is {@code activation(sum(window of one channel ·
 * kernel) + bias)}.
 *
 * @param <L> the layer's own class
 */
abstract class DepthwiseConvLayer<L extends Layer>
    extends DepthwiseLayer<L, DepthwiseConvLayer.Config> {

  /**
   * The description of a convolution of each channel alone. A list has one number an axis between
   * batch and channels; a list of one number stands for all axes.
   *
   * @param kernelSize the sizes of a window
   * @param strides the steps between windows
   * @param depthMultiplier how many channels come out of each, at least 1
   * @param dilationRate the steps inside a window
   */
  public record Config(
      LayerOptions options,
      List<Integer> kernelSize,
      List<Integer> strides,
      Padding padding,
      int depthMultiplier,
      DataFormat dataFormat,
      List<Integer> dilationRate,
      Activation activation,
      boolean useBias,
      Initializer depthwiseInitializer,
      Initializer biasInitializer,
      Regularizer depthwiseRegularizer,
      Regularizer biasRegularizer,
      Regularizer activityRegularizer,
      Constraint depthwiseConstraint,
      Constraint biasConstraint)
      implements DepthwiseLayer.Depthwise {
    /** Keras's defaults: stride 1, no padding, channels last, a bias. */
    static Config of(Integer... kernelSize) {
      return new Config(
          LayerOptions.DEFAULT,
          List.of(kernelSize),
          List.of(1),
          Padding.VALID,
          1,
          DataFormat.CHANNELS_LAST,
          List.of(1),
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
  }

  DepthwiseConvLayer(int axes, Config given, Function<Config, L> copy) {
    super(axes, given, copy);
  }

  @Override
  Shape linearShape(Shape in) {
    return windows().outputShape(in, channels(in));
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    return withBias(channels(in), kernel("kernel", in));
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return applied(call, x, p -> depthwise(call, p, call.weight("kernel")));
  }
}
