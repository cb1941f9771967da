package dev.ibex.layers;

import static dev.ibex.activations.Activations.LINEAR;
import static dev.ibex.initializers.Initializers.glorotUniform;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.WeightSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Convolution of each channel of an image alone: each output is {@code activation(sum(window of one
 * channel · kernel) + bias)}.
 *
 * <p>{@code x: [batch, height, width, in] -> y: [batch, height', width', in · depthMultiplier]}, or
 * with the channels first. The kernel is {@code [rows, columns, in, depthMultiplier]}. Drops the
 * mask. Source: {@code keras.layers.DepthwiseConv2D}.
 */
public final class DepthwiseConv2D extends DepthwiseLayer<DepthwiseConv2D> {
  private final Config config;

  /**
   * The description of a {@link DepthwiseConv2D}. A list has a number for rows and one for columns;
   * a list of one number stands for both.
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
    /** Checks the numbers along the axes. */
    public Config {
      kernelSize = Windows.sizes("kernelSize", kernelSize, 2);
      strides = Windows.sizes("strides", strides, 2);
      dilationRate = Windows.sizes("dilationRate", dilationRate, 2);
    }
  }

  private DepthwiseConv2D(Config config) {
    super(config, DepthwiseConv2D::new);
    this.config = config;
  }

  /** Returns a layer with square windows and Keras's defaults. */
  public static DepthwiseConv2D of(int kernelSize) {
    return of(kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static DepthwiseConv2D of(int rows, int columns) {
    return new DepthwiseConv2D(
        new Config(
            LayerOptions.DEFAULT,
            List.of(rows, columns),
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
            Constraint.NONE));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return windows().outputShape(in, channels(in));
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    return withBias(channels(in), kernel("kernel", in));
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Operand<TNumber> y =
        windows().apply(call.tf(), x, p -> biased(call, depthwise(call, p, call.weight("kernel"))));
    return activated(call, y);
  }
}
