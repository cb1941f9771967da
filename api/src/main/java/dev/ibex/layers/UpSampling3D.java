package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * Volumes enlarged by whole factors, by repeating slices, rows and columns.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, slices · depth, rows · height,
 * columns · width, channels]}, or with the channels first. Keeps the type; drops the mask. Source:
 * {@code keras.layers.UpSampling3D}.
 */
public final class UpSampling3D extends ConfiguredLayer<UpSampling3D>
    implements Channeled<UpSampling3D> {
  private final Config config;

  /**
   * The description of an {@link UpSampling3D}; a list of one factor stands for three.
   *
   * @param size the factors for slices, rows and columns, at least 1
   * @param dataFormat where the channels are
   */
  public record Config(LayerOptions options, List<Integer> size, DataFormat dataFormat)
      implements LayerConfig {
    /** Checks the factors. */
    public Config {
      size = Windows.sizes("size", size, 3);
    }
  }

  private UpSampling3D(Config config) {
    super(config, UpSampling3D::new);
    this.config = config;
  }

  /** Returns a layer that doubles all sizes. */
  public static UpSampling3D of() {
    return of(2);
  }

  /** Returns a layer that multiplies all sizes. */
  public static UpSampling3D of(int all) {
    return of(all, all, all);
  }

  /** Returns a layer that multiplies depth, height and width by a factor each. */
  public static UpSampling3D of(int slices, int rows, int columns) {
    return new UpSampling3D(
        new Config(LayerOptions.DEFAULT, List.of(slices, rows, columns), DataFormat.CHANNELS_LAST));
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
    return Resize.repeated(call.tf(), x, config.size, config.dataFormat);
  }
}
