package dev.ibex.layers;

/**
 * The largest value of each bin, where as many bins as the output has values span the input.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, rows, columns, channels]}, or with
 * the channels first. Bins overlap where the sizes do not divide: bin i goes from floor(i · in /
 * out) to ceil((i + 1) · in / out). The input's sizes must be known. Drops the mask. Source: {@code
 * keras.layers.AdaptiveMaxPooling2D}.
 */
public final class AdaptiveMaxPooling2D extends AdaptivePoolingLayer<AdaptiveMaxPooling2D> {
  private AdaptiveMaxPooling2D(Config config) {
    super("MaxPool", 2, config, AdaptiveMaxPooling2D::new);
  }

  /** Returns a layer that gives as many values along both axes. */
  public static AdaptiveMaxPooling2D of(int outputSize) {
    return of(outputSize, outputSize);
  }

  /** Returns a layer that gives as many rows and columns, whatever the image's size. */
  public static AdaptiveMaxPooling2D of(int rows, int columns) {
    return new AdaptiveMaxPooling2D(Config.of(rows, columns));
  }
}
