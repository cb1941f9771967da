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
import dev.ibex.core.Records;
import dev.ibex.core.Regularizer;
import dev.ibex.core.WeightSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Transposed convolution: each input adds {@code input · kernel} to the window that it stands for,
 * and the output is {@code activation(sum + bias)}.
 *
 * <p>An axis of the size n becomes {@code n · stride} with padding SAME, and {@code (n - 1) ·
 * stride + max(span, stride)} with VALID, where a window spans {@code (kernelSize - 1) ·
 * dilationRate + 1}. Where outputPadding is given, it is {@code (n - 1) · stride + span % 2 +
 * outputPadding} with SAME, and {@code (n - 1) · stride + span + outputPadding} with VALID.
 *
 * @param <L> the layer's own class
 */
abstract class ConvTransposeLayer<L extends Layer> extends KernelLayer<L> implements Dilated<L> {
  private final Config config;
  private final Windows windows;
  private final List<Integer> beyond;

  /**
   * The description of a transposed convolution. A list has one number an axis between batch and
   * channels; a list of one number stands for all axes.
   *
   * @param filters the number of output channels, at least 1
   * @param kernelSize the sizes of a window
   * @param strides the steps between windows; 1 where the windows are dilated
   * @param outputPadding what decides between the sizes of which a convolution makes one, from 0
   *     and below the steps; none for that which suits the padding
   * @param dilationRate the steps inside a window
   */
  public record Config(
      LayerOptions options,
      int filters,
      List<Integer> kernelSize,
      List<Integer> strides,
      Padding padding,
      Optional<List<Integer>> outputPadding,
      DataFormat dataFormat,
      List<Integer> dilationRate,
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
    /** Checks the number of channels and the padding. */
    public Config {
      Check.positive("filters", filters);
      Kernelled.refuseCausal(padding);
    }

    /** Keras's defaults: stride 1, no padding, channels last, a bias. */
    static Config of(int filters, Integer... kernelSize) {
      return new Config(
          LayerOptions.DEFAULT,
          filters,
          List.of(kernelSize),
          List.of(1),
          Padding.VALID,
          Optional.empty(),
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

    /** Returns this for so many axes, each with its numbers. */
    Config along(int axes) {
      Config sized = Kernelled.along(this, axes);
      return Records.with(
          sized, "outputPadding", outputPadding.map(p -> OutputPadding.along(p, axes)));
    }
  }

  /**
   * Creates a layer.
   *
   * @param axes how many axes lie between batch and channels
   */
  ConvTransposeLayer(int axes, Config given, Function<Config, L> copy) {
    super(given, copy);
    this.config = given.along(axes);
    this.windows = Windows.of(config);
    this.beyond =
        IntStream.range(0, axes)
            .mapToObj(i -> OutputPadding.beyond(windows, config.outputPadding, i))
            .toList();
  }

  /**
   * Sets what decides between the sizes of which a convolution makes one, the same along all axes:
   * from 0 and below the steps; default what suits the padding.
   */
  public L outputPadding(int all) {
    return with("outputPadding", Optional.of(List.of(all)));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  Shape linearShape(Shape in) {
    Kernelled.refuseDilatedSteps(config);
    config.outputPadding.ifPresent(p -> OutputPadding.check(p, windows));
    long[] dims = config.dataFormat.checked(in, beyond.size()).asArray();
    for (int i = 0; i < beyond.size(); i++) {
      int axis = config.dataFormat.firstSpatialAxis() + i;
      dims[axis] = dims[axis] < 0 ? -1 : dims[axis] * config.strides.get(i) + beyond.get(i);
    }
    dims[config.dataFormat.channelAxis(dims.length)] = config.filters;
    return Shape.of(dims);
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    return kernelAndBias(windows.kernel(config.filters, windows.channels(in)), config.filters);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Operand<TNumber> kernel = call.weight("kernel");
    Operand<TNumber> y =
        windows.apply(
            call.tf(),
            x,
            p -> biased(call, TransposedConvolution.of(call.tf(), p, kernel, windows, beyond)));
    return activated(call, y);
  }
}
