package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.LayerOptions;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Images of another size.
 *
 * <p>{@code x: [batch, h, w, channels] -> y: [batch, height, width, channels]}, or with the
 * channels first, or one image without a batch. Whole numbers become the compute type, as in a
 * model of Keras. All interpolations but {@link Interpolation#NEAREST} compute in float32. Drops
 * the mask. Source: {@code keras.layers.Resizing}.
 */
public final class Resizing extends ImageLayer<Resizing> {
  private final Config config;

  /**
   * The description of a {@link Resizing}.
   *
   * @param height the rows of the output
   * @param width the columns of the output
   * @param interpolation where the values between pixels come from
   * @param cropToAspectRatio whether what lies beyond the target's aspect ratio is cut off first
   * @param padToAspectRatio whether images are padded to the target's aspect ratio first
   * @param fillMode what images are padded with: {@code constant}, which is {@code fillValue}
   * @param fillValue the value of a pixel that pads
   * @param antialias whether images that shrink are smoothed
   * @param dataFormat where the channels are
   */
  public record Config(
      LayerOptions options,
      int height,
      int width,
      Interpolation interpolation,
      boolean cropToAspectRatio,
      boolean padToAspectRatio,
      String fillMode,
      double fillValue,
      boolean antialias,
      DataFormat dataFormat)
      implements ImageLayer.Sized {
    /** Checks the sizes and what goes together. */
    public Config {
      check(height, width);
      Check.that(
          !cropToAspectRatio || !padToAspectRatio,
          "padToAspectRatio: images are either cropped or padded to an aspect ratio; leave"
              + " cropToAspectRatio or padToAspectRatio false");
      Check.that(
          fillMode.equals("constant"),
          "fillMode: expected \"constant\", the only one there is, got \"%s\"",
          fillMode);
    }
  }

  private Resizing(Config config) {
    super(config, Resizing::new);
    this.config = config;
  }

  /** Returns a layer that stretches images, between pixels by lines. */
  public static Resizing of(int height, int width) {
    return new Resizing(
        new Config(
            LayerOptions.DEFAULT,
            height,
            width,
            Interpolation.BILINEAR,
            false,
            false,
            "constant",
            0,
            false,
            DataFormat.CHANNELS_LAST));
  }

  /** Sets where the values between come from; default {@link Interpolation#BILINEAR}. */
  public Resizing interpolation(Interpolation i) {
    return with("interpolation", i);
  }

  /** Sets whether images are first cut to the target's aspect ratio; default false. */
  public Resizing cropToAspectRatio(boolean on) {
    return with("cropToAspectRatio", on);
  }

  /** Sets whether images are first padded to the target's aspect ratio; default false. */
  public Resizing padToAspectRatio(boolean on) {
    return with("padToAspectRatio", on);
  }

  /** Sets the value of a pixel that pads; default 0. */
  public Resizing fillValue(double v) {
    return with("fillValue", v);
  }

  /**
   * Sets whether images that shrink are smoothed; default false. The nearest pixel's value never
   * is, as in Keras.
   */
  public Resizing antialias(boolean on) {
    return with("antialias", on);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  Operand<TNumber> resized(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    AspectRatio ratio = new AspectRatio(config.height, config.width, DType.FLOAT32);
    Operand<TNumber> images = x;
    if (config.cropToAspectRatio) {
      images = ratio.cropped(tf, x);
    } else if (config.padToAspectRatio) {
      images = ratio.padded(tf, x, config.fillValue);
    }
    Operand<TNumber> y =
        Resize.to(
            tf,
            images,
            tf.constant(new int[] {config.height, config.width}),
            config.interpolation,
            config.antialias);
    return Saturated.cast(tf, y, Numbers.dtype(x));
  }
}
