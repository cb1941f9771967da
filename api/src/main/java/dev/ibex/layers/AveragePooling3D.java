package dev.ibex.layers;

/**
 * The mean of each window, channel by channel; what lies beyond an edge is not counted.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, depth', height', width',
 * channels]}, or with the channels first. Drops the mask. Source: {@code
 * keras.layers.AveragePooling3D}.
 */
public final class AveragePooling3D extends PoolingLayer<AveragePooling3D>
    implements Windowed3D<AveragePooling3D> {
  private AveragePooling3D(Config config) {
    super("AvgPool", 3, config, AveragePooling3D::new);
  }

  /** Returns a layer with windows of one size along all axes, side by side. */
  public static AveragePooling3D of(int poolSize) {
    return of(poolSize, poolSize, poolSize);
  }

  /** Returns a layer with windows side by side. */
  public static AveragePooling3D of(int slices, int rows, int columns) {
    return new AveragePooling3D(Config.of(slices, rows, columns));
  }
}
