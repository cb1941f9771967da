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
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Convolution of each channel alone, as in {@link DepthwiseConvLayer}, whose results a matrix
 * mixes: {@code activation(depthwise · pointwise + bias)}.
 *
 * @param <L> the layer's own class
 */
abstract class SeparableConvLayer<L extends Layer>
    extends DepthwiseLayer<L, SeparableConvLayer.Config> {
  private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

  /**
   * The description of a convolution of each channel alone and of what mixes them. A list has one
   * number an axis between batch and channels; a list of one number stands for all axes.
   *
   * @param filters the number of output channels, at least 1
   * @param kernelSize the sizes of a window
   * @param strides the steps between windows
   * @param dilationRate the steps inside a window
   * @param depthMultiplier how many channels go from each to the mixing, at least 1
   */
  public record Config(
      LayerOptions options,
      int filters,
      List<Integer> kernelSize,
      List<Integer> strides,
      Padding padding,
      DataFormat dataFormat,
      List<Integer> dilationRate,
      int depthMultiplier,
      Activation activation,
      boolean useBias,
      Initializer depthwiseInitializer,
      Initializer pointwiseInitializer,
      Initializer biasInitializer,
      Regularizer depthwiseRegularizer,
      Regularizer pointwiseRegularizer,
      Regularizer biasRegularizer,
      Regularizer activityRegularizer,
      Constraint depthwiseConstraint,
      Constraint pointwiseConstraint,
      Constraint biasConstraint)
      implements DepthwiseLayer.Depthwise {
    /** Checks the number of channels. */
    public Config {
      Check.positive("filters", filters);
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
          glorotUniform(),
          zeros(),
          Regularizer.NONE,
          Regularizer.NONE,
          Regularizer.NONE,
          Regularizer.NONE,
          Constraint.NONE,
          Constraint.NONE,
          Constraint.NONE);
    }
  }

  SeparableConvLayer(int axes, Config given, Function<Config, L> copy) {
    super(axes, given, copy);
  }

  /** Sets the first value of the kernel that mixes; default Glorot's uniform numbers. */
  public L pointwiseInitializer(Initializer i) {
    return with("pointwiseInitializer", i);
  }

  /** Sets a penalty on the kernel that mixes; default none. */
  public L pointwiseRegularizer(Regularizer r) {
    return with("pointwiseRegularizer", r);
  }

  /** Sets a projection of the kernel that mixes after each update; default none. */
  public L pointwiseConstraint(Constraint c) {
    return with("pointwiseConstraint", c);
  }

  @Override
  Shape linearShape(Shape in) {
    return windows().outputShape(in, config().filters);
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    LongStream places = windows().size().stream().mapToLong(size -> 1);
    LongStream matrix = LongStream.of(channels(in), config().filters);
    WeightSpec pointwise =
        WeightSpec.of(
                "pointwise_kernel",
                Shape.of(LongStream.concat(places, matrix).toArray()),
                config().pointwiseInitializer)
            .regularizer(config().pointwiseRegularizer)
            .constraint(config().pointwiseConstraint);
    return withBias(config().filters, kernel("depthwise_kernel", in), pointwise);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return applied(call, x, p -> mixed(call, p));
  }

  private Operand<TNumber> mixed(Call call, Operand<TNumber> x) {
    Operand<TNumber> channels = depthwise(call, x, call.weight("depthwise_kernel"));
    Operand<TNumber> pointwise = call.weight("pointwise_kernel");
    return call.tf()
        .nn
        .conv2d(channels, windows().planar(call.tf(), pointwise), ONES, Padding.VALID.name());
  }
}
