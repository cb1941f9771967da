package dev.ibex.layers;

/**
 * The mean of each bin, where as many bins as the output has values span the input.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, steps, channels]}, or with the channels
 * first. Bins overlap where the sizes do not divide: bin i goes from floor(i · in / out) to ceil((i
 * + 1) · in / out). The input's sizes must be known. Drops the mask. Source: {@code
 * keras.layers.AdaptiveAveragePooling1D}.
 */
public final class AdaptiveAveragePooling1D extends AdaptivePoolingLayer<AdaptiveAveragePooling1D> {
  private AdaptiveAveragePooling1D(Config config) {
    super("AvgPool", 1, config, AdaptiveAveragePooling1D::new);
  }

  /** Returns a layer that gives as many steps, whatever the input's length. */
  public static AdaptiveAveragePooling1D of(int steps) {
    return new AdaptiveAveragePooling1D(Config.of(steps));
  }
}
