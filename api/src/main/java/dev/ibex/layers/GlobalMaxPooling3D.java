package dev.ibex.layers;

import dev.ibex.core.Call;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The largest value of each channel.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, channels]}, or with the
 * channels first. Drops the mask. Source: {@code keras.layers.GlobalMaxPooling3D}.
 */
public final class GlobalMaxPooling3D extends GlobalPoolingLayer<GlobalMaxPooling3D> {
  private GlobalMaxPooling3D(Config config) {
    super(3, config, GlobalMaxPooling3D::new);
  }

  /** Returns a layer for channels last. */
  public static GlobalMaxPooling3D of() {
    return new GlobalMaxPooling3D(Config.DEFAULT);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return max(call, x);
  }
}
