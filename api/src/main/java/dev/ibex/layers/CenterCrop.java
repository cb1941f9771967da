package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The middle of images. One that is known to be smaller than that is enlarged instead: the largest
 * part of it that has the target's aspect ratio is resized, between pixels by lines.
 *
 * <p>{@code x: [batch, h, w, channels] -> y: [batch, height, width, channels]}, or with the
 * channels first, or one image without a batch. Where the rest is odd, the larger half is cut off
 * at the bottom or right. Whole numbers become the compute type; what is resized is float32,
 * whatever the policy, as in Keras. An image whose size only the run tells must not be smaller.
 * Drops the mask. Source: {@code keras.layers.CenterCrop}.
 */
public final class CenterCrop extends ImageLayer<CenterCrop> {
  private final Config config;

  /**
   * The description of a {@link CenterCrop}.
   *
   * @param height the rows of the output
   * @param width the columns of the output
   * @param dataFormat where the channels are
   */
  public record Config(LayerOptions options, int height, int width, DataFormat dataFormat)
      implements ImageLayer.Sized {
    /** Checks the sizes. */
    public Config {
      check(height, width);
    }
  }

  private CenterCrop(Config config) {
    super(config, CenterCrop::new);
    this.config = config;
  }

  /** Returns a layer for channels last. */
  public static CenterCrop of(int height, int width) {
    return new CenterCrop(
        new Config(LayerOptions.DEFAULT, height, width, DataFormat.CHANNELS_LAST));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected DType outputDType(TensorSpec in) {
    return smaller(in.shape(), rows(in.shape())) ? DType.FLOAT32 : super.outputDType(in);
  }

  private boolean smaller(Shape in, int rows) {
    return less(in.get(rows), config.height) || less(in.get(rows + 1), config.width);
  }

  private static boolean less(long known, int size) {
    return known >= 0 && known < size;
  }

  @Override
  Operand<TNumber> resized(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    if (!smaller(x.shape(), 1)) {
      return Edges.middle(tf, x, config.height, config.width);
    }
    boolean known = x.shape().get(1) >= 0 && x.shape().get(2) >= 0;
    AspectRatio ratio =
        new AspectRatio(config.height, config.width, known ? DType.FLOAT64 : DType.FLOAT32);
    return Resize.to(
        tf,
        ratio.cropped(tf, x),
        tf.constant(new int[] {config.height, config.width}),
        Interpolation.BILINEAR,
        false);
  }
}
