package dev.ibex.layers;

import dev.ibex.core.Call;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The mean of each channel.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, channels]}, or with the channels
 * first. Drops the mask. Source: {@code keras.layers.GlobalAveragePooling2D}.
 */
public final class GlobalAveragePooling2D extends GlobalPoolingLayer<GlobalAveragePooling2D> {
  private GlobalAveragePooling2D(Config config) {
    super(2, config, GlobalAveragePooling2D::new);
  }

  /** Returns a layer for channels last. */
  public static GlobalAveragePooling2D of() {
    return new GlobalAveragePooling2D(Config.DEFAULT);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return mean(call, x);
  }
}
