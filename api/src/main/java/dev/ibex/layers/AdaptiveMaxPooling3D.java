package dev.ibex.layers;

/**
 * The largest value of each bin, where as many bins as the output has values span the input.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, slices, rows, columns,
 * channels]}, or with the channels first. Bins overlap where the sizes do not divide: bin i goes
 * from floor(i · in / out) to ceil((i + 1) · in / out). The input's sizes must be known. Drops the
 * mask. Source: {@code keras.layers.AdaptiveMaxPooling3D}.
 */
public final class AdaptiveMaxPooling3D extends AdaptivePoolingLayer<AdaptiveMaxPooling3D> {
  private AdaptiveMaxPooling3D(Config config) {
    super("MaxPool", 3, config, AdaptiveMaxPooling3D::new);
  }

  /** Returns a layer that gives as many values along all axes. */
  public static AdaptiveMaxPooling3D of(int outputSize) {
    return of(outputSize, outputSize, outputSize);
  }

  /** Returns a layer that gives as many slices, rows and columns, whatever the volume's size. */
  public static AdaptiveMaxPooling3D of(int slices, int rows, int columns) {
    return new AdaptiveMaxPooling3D(Config.of(slices, rows, columns));
  }
}
