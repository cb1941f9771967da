package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.UnaryLayer;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The largest value of each window, channel by channel.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, height', width', channels]}, or with
 * the channels first. Drops the mask. Source: {@code keras.layers.MaxPooling2D}.
 */
public final class MaxPooling2D extends UnaryLayer implements Configurable<MaxPooling2D> {
  private final Config config;
  private final Windows windows;

  /**
   * The description of a {@link MaxPooling2D}; a list of one size stands for two.
   *
   * @param poolSize rows and columns of a window
   * @param strides the steps between windows; none stand for the window's size
   */
  public record Config(
      LayerOptions options,
      List<Integer> poolSize,
      Padding padding,
      List<Integer> strides,
      DataFormat dataFormat)
      implements LayerConfig {
    /** Checks the sizes. */
    public Config {
      poolSize = Windows.sizes("poolSize", poolSize, 2);
      strides = strides.isEmpty() ? poolSize : Windows.sizes("strides", strides, 2);
    }
  }

  private MaxPooling2D(Config config) {
    super(config, MaxPooling2D::new);
    this.config = config;
    this.windows =
        new Windows(
            config.poolSize, config.strides, List.of(1, 1), config.padding, config.dataFormat);
  }

  /** Returns a layer with windows of 2 × 2. */
  public static MaxPooling2D of() {
    return of(2);
  }

  /** Returns a layer with square windows side by side. */
  public static MaxPooling2D of(int poolSize) {
    return of(poolSize, poolSize);
  }

  /** Returns a layer with windows side by side. */
  public static MaxPooling2D of(int rows, int columns) {
    return new MaxPooling2D(
        new Config(
            LayerOptions.DEFAULT,
            List.of(rows, columns),
            Padding.VALID,
            List.of(),
            DataFormat.CHANNELS_LAST));
  }

  /** Sets what is beyond the edges; default {@link Padding#VALID}. It never is the largest. */
  public MaxPooling2D padding(Padding p) {
    return with("padding", p);
  }

  /** Sets the step between windows both ways; default the window's size. */
  public MaxPooling2D strides(int both) {
    return strides(both, both);
  }

  /** Sets the steps between windows; default the window's size. */
  public MaxPooling2D strides(int rows, int columns) {
    return with("strides", List.of(rows, columns));
  }

  /** Sets where the channels are; default last. */
  public MaxPooling2D dataFormat(DataFormat f) {
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
    Ops tf = call.tf();
    Operand<TNumber> y = maxPool(tf, config.dataFormat.toLast(tf, x));
    return config.dataFormat.fromLast(tf, y);
  }

  /** The op MaxPool: TensorFlow Java has MaxPoolV2 only, which is slower and unknown to TFLite. */
  private Operand<TNumber> maxPool(Ops tf, Operand<TNumber> x) {
    var op = tf.scope().opBuilder("MaxPool", "MaxPool");
    op.addInput(x.asOutput());
    op.setAttr("ksize", longs(config.poolSize));
    op.setAttr("strides", longs(config.strides));
    op.setAttr("padding", config.padding.name());
    return Numbers.of(op.build().output(0));
  }

  private static long[] longs(List<Integer> spatial) {
    return Windows.ofAllAxes(spatial).stream().mapToLong(Long::longValue).toArray();
  }
}
