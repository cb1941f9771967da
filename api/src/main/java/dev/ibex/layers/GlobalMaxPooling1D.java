package dev.ibex.layers;

import dev.ibex.core.Call;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * The largest value of each channel.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, channels]}, or with the channels first. Drops
 * the mask. Source: {@code keras.layers.GlobalMaxPooling1D}.
 */
public final class GlobalMaxPooling1D extends GlobalPoolingLayer<GlobalMaxPooling1D> {
  private GlobalMaxPooling1D(Config config) {
    super(1, config, GlobalMaxPooling1D::new);
  }

  /** Returns a layer for channels last. */
  public static GlobalMaxPooling1D of() {
    return new GlobalMaxPooling1D(Config.DEFAULT);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return max(call, x);
  }
}
