package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * One number for each window, channel by channel.
 *
 * @param <L> the layer's own class
 */
abstract class PoolingLayer<L extends Layer> extends ConfiguredLayer<L> implements Windowed<L> {
  private final Config config;
  private final Windows windows;
  private final String op;

  /**
   * The description of a pooling layer. A list has one number an axis between batch and channels; a
   * list of one number stands for all axes.
   *
   * @param poolSize the sizes of a window
   * @param strides the steps between windows; none stand for the window's size
   */
  public record Config(
      LayerOptions options,
      List<Integer> poolSize,
      Padding padding,
      List<Integer> strides,
      DataFormat dataFormat)
      implements LayerConfig {
    /** Checks the padding. */
    public Config {
      Check.that(
          padding != Padding.CAUSAL, "padding: CAUSAL is for Conv1D alone; use VALID or SAME");
    }

    /** Keras's defaults: windows side by side, no padding, channels last. */
    static Config of(Integer... poolSize) {
      return new Config(
          LayerOptions.DEFAULT,
          List.of(poolSize),
          Padding.VALID,
          List.of(),
          DataFormat.CHANNELS_LAST);
    }

    /** Returns this for so many axes, each with its numbers. */
    Config along(int axes) {
      List<Integer> sizes = Windows.sizes("poolSize", poolSize, axes);
      return new Config(
          options,
          sizes,
          padding,
          strides.isEmpty() ? sizes : Windows.sizes("strides", strides, axes),
          dataFormat);
    }
  }

  /**
   * Creates a layer.
   *
   * @param op TensorFlow's op for images
   * @param axes how many axes lie between batch and channels
   */
  PoolingLayer(String op, int axes, Config given, Function<Config, L> copy) {
    super(given, copy);
    this.op = op;
    this.config = given.along(axes);
    this.windows =
        new Windows(
            config.poolSize,
            config.strides,
            Collections.nCopies(config.poolSize.size(), 1),
            config.padding,
            config.dataFormat);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return windows.outputShape(in);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return windows.apply(
        call.tf(),
        Room.checked(call.tf(), x, windows),
        p -> Pools.pool(call.tf(), op, p, windows.planar()));
  }
}
