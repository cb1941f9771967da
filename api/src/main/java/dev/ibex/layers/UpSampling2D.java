package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Images enlarged by whole factors.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, rows · height, columns · width,
 * channels]}, or with the channels first. Keeps the type: all interpolations but {@link
 * Interpolation#NEAREST} compute in float32; whole numbers are rounded and kept within what the
 * type holds. Drops the mask. Source: {@code keras.layers.UpSampling2D}.
 */
public final class UpSampling2D extends ConfiguredLayer<UpSampling2D>
    implements Channeled<UpSampling2D> {
  private final Config config;

  /**
   * The description of an {@link UpSampling2D}; a list of one factor stands for two.
   *
   * @param size the factors for rows and columns, at least 1
   * @param dataFormat where the channels are
   * @param interpolation where the values between come from
   */
  public record Config(
      LayerOptions options, List<Integer> size, DataFormat dataFormat, Interpolation interpolation)
      implements LayerConfig {
    /** Checks the factors. */
    public Config {
      size = Windows.sizes("size", size, 2);
    }
  }

  private UpSampling2D(Config config) {
    super(config, UpSampling2D::new);
    this.config = config;
  }

  /** Returns a layer that doubles height and width by repeating rows and columns. */
  public static UpSampling2D of() {
    return of(2);
  }

  /** Returns a layer that multiplies height and width. */
  public static UpSampling2D of(int both) {
    return of(both, both);
  }

  /** Returns a layer that multiplies height and width by a factor each. */
  public static UpSampling2D of(int rows, int columns) {
    return new UpSampling2D(
        new Config(
            LayerOptions.DEFAULT,
            List.of(rows, columns),
            DataFormat.CHANNELS_LAST,
            Interpolation.NEAREST));
  }

  /** Sets where the values between come from; default {@link Interpolation#NEAREST}. */
  public UpSampling2D interpolation(Interpolation i) {
    return with("interpolation", i);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return Resize.enlarged(in, config.size, config.dataFormat);
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    if (config.interpolation == Interpolation.NEAREST) {
      return Resize.repeated(tf, x, config.size, config.dataFormat);
    }
    Operand<TNumber> last = config.dataFormat.toLast(tf, x);
    Operand<TNumber> y = Resize.by(tf, last, config.size, config.interpolation);
    return config.dataFormat.fromLast(tf, Saturated.cast(tf, y, Numbers.dtype(x)));
  }
}
