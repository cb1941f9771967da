package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.UnaryLayer;
import dev.ibex.graph.Numbers;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * One number for each window, channel by channel.
 *
 * @param <L> the layer's own class
 */
abstract class PoolingLayer<L extends Layer> extends UnaryLayer implements Configurable<L> {
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

  /** Sets what is beyond the edges; default {@link Padding#VALID}. It never counts. */
  public L padding(Padding p) {
    return with("padding", p);
  }

  /** Sets the step between windows, the same along all axes; default the window's size. */
  public L strides(int all) {
    return with("strides", List.of(all));
  }

  /** Sets where the channels are; default last. */
  public L dataFormat(DataFormat f) {
    return with("dataFormat", f);
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
    return windows.apply(call.tf(), x, p -> pool(call.tf(), p, windows.planar()));
  }

  /** TensorFlow Java has no MaxPool, but MaxPoolV2, which is slower and unknown to TFLite. */
  private Operand<TNumber> pool(Ops tf, Operand<TNumber> x, Windows w) {
    var built = tf.scope().opBuilder(op, op);
    built.addInput(x.asOutput());
    built.setAttr("ksize", longs(w.size()));
    built.setAttr("strides", longs(w.strides()));
    built.setAttr("padding", w.padding().name());
    return Numbers.of(built.build().output(0));
  }

  private static long[] longs(List<Integer> spatial) {
    return Windows.ofAllAxes(spatial).stream().mapToLong(Long::longValue).toArray();
  }
}
