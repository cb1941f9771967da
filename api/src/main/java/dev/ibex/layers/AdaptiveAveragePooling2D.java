package dev.ibex.layers;

/**
 * The mean of each bin, where as many bins as the output has values span the input.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, rows, columns, channels]}, or with
 * the channels first. Bins overlap where the sizes do not divide: bin i goes from floor(i · in /
 * out) to ceil((i + 1) · in / out). The input's sizes must be known. Drops the mask. Source: {@code
 * keras.layers.AdaptiveAveragePooling2D}.
 */
public final class AdaptiveAveragePooling2D extends AdaptivePoolingLayer<AdaptiveAveragePooling2D> {
  private AdaptiveAveragePooling2D(Config config) {
    super("AvgPool", 2, config, AdaptiveAveragePooling2D::new);
  }

  /** Returns a layer that gives as many values along both axes. */
  public static AdaptiveAveragePooling2D of(int outputSize) {
    return of(outputSize, outputSize);
  }

  /** Returns a layer that gives as many rows and columns, whatever the image's size. */
  public static AdaptiveAveragePooling2D of(int rows, int columns) {
    return new AdaptiveAveragePooling2D(Config.of(rows, columns));
  }
}
