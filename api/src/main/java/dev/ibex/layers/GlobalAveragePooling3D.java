package dev.ibex.layers;

import dev.ibex.core.Call;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The mean of each channel.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, channels]}, or with the
 * channels first. Drops the mask. Source: {@code keras.layers.GlobalAveragePooling3D}.
 */
public final class GlobalAveragePooling3D extends GlobalPoolingLayer<GlobalAveragePooling3D> {
  private GlobalAveragePooling3D(Config config) {
    super(3, config, GlobalAveragePooling3D::new);
  }

  /** Returns a layer for channels last. */
  public static GlobalAveragePooling3D of() {
    return new GlobalAveragePooling3D(Config.DEFAULT);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return mean(call, x);
  }
}
