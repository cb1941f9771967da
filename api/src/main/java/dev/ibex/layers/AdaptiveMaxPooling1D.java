package dev.ibex.layers;

/**
 * The largest value of each bin, where as many bins as the output has values span the input.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, steps, channels]}, or with the channels
 * first. Bins overlap where the sizes do not divide: bin i goes from floor(i · in / out) to ceil((i
 * + 1) · in / out). The input's sizes must be known. Drops the mask. Source: {@code
 * keras.layers.AdaptiveMaxPooling1D}.
 */
public final class AdaptiveMaxPooling1D extends AdaptivePoolingLayer<AdaptiveMaxPooling1D> {
  private AdaptiveMaxPooling1D(Config config) {
    super("MaxPool", 1, config, AdaptiveMaxPooling1D::new);
  }

  /** Returns a layer that gives as many steps, whatever the input's length. */
  public static AdaptiveMaxPooling1D of(int steps) {
    return new AdaptiveMaxPooling1D(Config.of(steps));
  }
}
