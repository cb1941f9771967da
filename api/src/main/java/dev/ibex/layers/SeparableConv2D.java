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
import dev.ibex.core.WeightSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Convolution of each channel of an image alone, as in {@link DepthwiseConv2D}, whose results a
 * matrix mixes: {@code activation(depthwise · pointwise + bias)}.
 *
 * <p>{@code x: [batch, height, width, in] -> y: [batch, height', width', filters]}, or with the
 * channels first. The kernels are {@code [rows, columns, in, depthMultiplier]} and {@code [1, 1, in
 * · depthMultiplier, filters]}. Drops the mask. Source: {@code keras.layers.SeparableConv2D}.
 */
public final class SeparableConv2D extends DepthwiseLayer<SeparableConv2D> {
  private static final List<Long> ONES = List.of(1L, 1L, 1L, 1L);

  private final Config config;

  /**
   * The description of a {@link SeparableConv2D}. A list has a number for rows and one for columns;
   * a list of one number stands for both.
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
    /** Checks the numbers of channels and along the axes. */
    public Config {
      Check.positive("filters", filters);
      kernelSize = Windows.sizes("kernelSize", kernelSize, 2);
      strides = Windows.sizes("strides", strides, 2);
      dilationRate = Windows.sizes("dilationRate", dilationRate, 2);
    }
  }

  private SeparableConv2D(Config config) {
    super(config, SeparableConv2D::new);
    this.config = config;
  }

  /** Returns a layer with square windows and Keras's defaults. */
  public static SeparableConv2D of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static SeparableConv2D of(int filters, int rows, int columns) {
    return new SeparableConv2D(
        new Config(
            LayerOptions.DEFAULT,
            filters,
            List.of(rows, columns),
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
            Constraint.NONE));
  }

  /** Sets the first value of the kernel that mixes; default Glorot's uniform numbers. */
  public SeparableConv2D pointwiseInitializer(Initializer i) {
    return with("pointwiseInitializer", i);
  }

  /** Sets a penalty on the kernel that mixes; default none. */
  public SeparableConv2D pointwiseRegularizer(Regularizer r) {
    return with("pointwiseRegularizer", r);
  }

  /** Sets a projection of the kernel that mixes after each update; default none. */
  public SeparableConv2D pointwiseConstraint(Constraint c) {
    return with("pointwiseConstraint", c);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return windows().outputShape(in, config.filters);
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    WeightSpec pointwise =
        WeightSpec.of(
                "pointwise_kernel",
                Shape.of(1, 1, channels(in), config.filters),
                config.pointwiseInitializer)
            .regularizer(config.pointwiseRegularizer)
            .constraint(config.pointwiseConstraint);
    return withBias(config.filters, kernel("depthwise_kernel", in), pointwise);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return activated(call, windows().apply(call.tf(), x, p -> biased(call, mixed(call, p))));
  }

  private Operand<TNumber> mixed(Call call, Operand<TNumber> x) {
    Operand<TNumber> channels = depthwise(call, x, call.weight("depthwise_kernel"));
    Operand<TNumber> pointwise = call.weight("pointwise_kernel");
    return call.tf().nn.conv2d(channels, pointwise, ONES, Padding.VALID.name());
  }
}
