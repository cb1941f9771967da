package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.UnaryLayer;
import dev.ibex.graph.DType;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Images enlarged by whole factors.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, rows · height, columns · width,
 * channels]}, or with the channels first. All interpolations but {@link Interpolation#NEAREST}
 * compute in float32 and give float32, whatever the policy, as in Keras. Drops the mask. Source:
 * {@code keras.layers.UpSampling2D}.
 */
public final class UpSampling2D extends UnaryLayer implements Configurable<UpSampling2D> {
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

  /** Sets where the channels are; default last. */
  public UpSampling2D dataFormat(DataFormat f) {
    return with("dataFormat", f);
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
    long[] dims = config.dataFormat.checked(in, 2).asArray();
    for (int i = 0; i < 2; i++) {
      int axis = config.dataFormat.firstSpatialAxis() + i;
      dims[axis] = dims[axis] < 0 ? -1 : dims[axis] * config.size.get(i);
    }
    return Shape.of(dims);
  }

  @Override
  protected DType outputDType(DType in) {
    return config.interpolation == Interpolation.NEAREST ? super.outputDType(in) : DType.FLOAT32;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    Operand<TNumber> last = config.dataFormat.toLast(tf, x);
    return config.dataFormat.fromLast(tf, Resize.by(tf, last, config.size, config.interpolation));
  }
}
