package dev.ibex.layers;

import static dev.ibex.activations.Activations.LINEAR;
import static dev.ibex.initializers.Initializers.glorotUniform;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import java.util.Collections;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Convolution over images: each output is {@code activation(sum(window · kernel) + bias)}.
 *
 * <p>{@code x: [batch, height, width, in] -> y: [batch, height', width', filters]}, or with the
 * channels first. The kernel is {@code [rows, columns, in / groups, filters]}. Drops the mask.
 * Source: {@code keras.layers.Conv2D}.
 */
public final class Conv2D extends UnaryLayer implements Configurable<Conv2D> {
  private final Config config;
  private final Windows windows;

  /**
   * The description of a {@link Conv2D}; a list of one size stands for two.
   *
   * @param filters the number of output channels, at least 1
   * @param kernelSize rows and columns of a window
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
      implements LayerConfig {
    /** Checks the sizes. */
    public Config {
      Check.positive("filters", filters);
      kernelSize = Windows.sizes("kernelSize", kernelSize, 2);
      strides = Windows.sizes("strides", strides, 2);
      dilationRate = Windows.sizes("dilationRate", dilationRate, 2);
      Check.positive("groups", groups);
      Check.that(
          filters % groups == 0,
          "groups: expected a divisor of filters = %d, got %d",
          filters,
          groups);
      Check.that(
          Collections.max(strides) == 1 || Collections.max(dilationRate) == 1,
          "dilationRate: only 1 goes with strides above 1, got %s with strides %s",
          dilationRate,
          strides);
    }
  }

  private Conv2D(Config config) {
    super(config, Conv2D::new);
    this.config = config;
    this.windows =
        new Windows(
            config.kernelSize,
            config.strides,
            config.dilationRate,
            config.padding,
            config.dataFormat);
  }

  /** Returns a layer with square windows and Keras's defaults. */
  public static Conv2D of(int filters, int kernelSize) {
    return of(filters, kernelSize, kernelSize);
  }

  /** Returns a layer with Keras's defaults: stride 1, no padding, channels last, a bias. */
  public static Conv2D of(int filters, int rows, int columns) {
    return new Conv2D(
        new Config(
            LayerOptions.DEFAULT,
            filters,
            List.of(rows, columns),
            List.of(1, 1),
            Padding.VALID,
            DataFormat.CHANNELS_LAST,
            List.of(1, 1),
            1,
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

  /** Sets the step between windows both ways; default 1. */
  public Conv2D strides(int both) {
    return strides(both, both);
  }

  /** Sets the steps between windows; default 1. */
  public Conv2D strides(int rows, int columns) {
    return with("strides", List.of(rows, columns));
  }

  /** Sets what is beyond the edges; default {@link Padding#VALID}. */
  public Conv2D padding(Padding p) {
    return with("padding", p);
  }

  /** Sets where the channels are; default last. */
  public Conv2D dataFormat(DataFormat f) {
    return with("dataFormat", f);
  }

  /** Sets the step inside a window both ways; default 1. */
  public Conv2D dilationRate(int both) {
    return dilationRate(both, both);
  }

  /** Sets the steps inside a window; default 1. */
  public Conv2D dilationRate(int rows, int columns) {
    return with("dilationRate", List.of(rows, columns));
  }

  /** Splits the channels into parts that do not meet; a divisor of filters and input channels. */
  public Conv2D groups(int n) {
    return with("groups", n);
  }

  /** Sets the function of the result; default linear. */
  public Conv2D activation(Activation a) {
    return with("activation", a);
  }

  /** Sets whether a bias is added; default true. */
  public Conv2D useBias(boolean on) {
    return with("useBias", on);
  }

  /** Sets the kernel's first value; default Glorot's uniform numbers. */
  public Conv2D kernelInitializer(Initializer i) {
    return with("kernelInitializer", i);
  }

  /** Sets the bias's first value; default zeros. */
  public Conv2D biasInitializer(Initializer i) {
    return with("biasInitializer", i);
  }

  /** Sets a penalty on the kernel; default none. */
  public Conv2D kernelRegularizer(Regularizer r) {
    return with("kernelRegularizer", r);
  }

  /** Sets a penalty on the bias; default none. */
  public Conv2D biasRegularizer(Regularizer r) {
    return with("biasRegularizer", r);
  }

  /** Sets a penalty on the output, divided by the batch's size; default none. */
  public Conv2D activityRegularizer(Regularizer r) {
    return with("activityRegularizer", r);
  }

  /** Sets a projection of the kernel after each update; default none. */
  public Conv2D kernelConstraint(Constraint c) {
    return with("kernelConstraint", c);
  }

  /** Sets a projection of the bias after each update; default none. */
  public Conv2D biasConstraint(Constraint c) {
    return with("biasConstraint", c);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
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
    Shape size = Shape.of(config.kernelSize.get(0), config.kernelSize.get(1));
    Shape shape = size.append(channels < 0 ? -1 : channels / config.groups).append(config.filters);
    WeightSpec kernel =
        WeightSpec.of("kernel", shape, config.kernelInitializer)
            .regularizer(config.kernelRegularizer)
            .constraint(config.kernelConstraint);
    WeightSpec bias =
        WeightSpec.of("bias", Shape.of(config.filters), config.biasInitializer)
            .regularizer(config.biasRegularizer)
            .constraint(config.biasConstraint);
    return config.useBias ? List.of(kernel, bias) : List.of(kernel);
  }

  @Override
  protected Regularizer activityRegularizer() {
    return config.activityRegularizer;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    Operand<TNumber> last = config.dataFormat.toLast(tf, x);
    Operand<TNumber> y = Convolution.of(call, last, call.weight("kernel"), windows, config.groups);
    if (config.useBias) {
      y = tf.nn.biasAdd(y, call.weight("bias"));
    }
    return config.activation.apply(tf, config.dataFormat.fromLast(tf, y));
  }
}
