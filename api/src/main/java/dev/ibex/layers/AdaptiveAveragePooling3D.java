package dev.ibex.layers;

/**
 * The mean of each bin, where as many bins as the output has values span the input.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, slices, rows, columns,
 * channels]}, or with the channels first. Bins overlap where the sizes do not divide: bin i goes
 * from floor(i · in / out) to ceil((i + 1) · in / out). The input's sizes must be known. Drops the
 * mask. Source: {@code keras.layers.AdaptiveAveragePooling3D}.
 */
public final class AdaptiveAveragePooling3D extends AdaptivePoolingLayer<AdaptiveAveragePooling3D> {
  private AdaptiveAveragePooling3D(Config config) {
    super("AvgPool", 3, config, AdaptiveAveragePooling3D::new);
  }

  /** Returns a layer that gives as many values along all axes. */
  public static AdaptiveAveragePooling3D of(int outputSize) {
    return of(outputSize, outputSize, outputSize);
  }

  /** Returns a layer that gives as many slices, rows and columns, whatever the volume's size. */
  public static AdaptiveAveragePooling3D of(int slices, int rows, int columns) {
    return new AdaptiveAveragePooling3D(Config.of(slices, rows, columns));
  }
}
