package dev.ibex.layers;

import dev.ibex.core.Call;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The largest value of each channel.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, channels]}, or with the channels
 * first. Drops the mask. Source: {@code keras.layers.GlobalMaxPooling2D}.
 */
public final class GlobalMaxPooling2D extends GlobalPoolingLayer<GlobalMaxPooling2D> {
  private GlobalMaxPooling2D(Config config) {
    super(2, config, GlobalMaxPooling2D::new);
  }

  /** Returns a layer for channels last. */
  public static GlobalMaxPooling2D of() {
    return new GlobalMaxPooling2D(Config.DEFAULT);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return max(call, x);
  }
}
