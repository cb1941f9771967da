package dev.ibex.layers;

/**
 * The largest value of each window, channel by channel.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: [batch, depth', height', width',
 * channels]}, or with the channels first. Drops the mask. Source: {@code
 * keras.layers.MaxPooling3D}.
 */
public final class MaxPooling3D extends PoolingLayer<MaxPooling3D>
    implements Windowed3D<MaxPooling3D> {
  private MaxPooling3D(Config config) {
    super("MaxPool", 3, config, MaxPooling3D::new);
  }

  /** Returns a layer with windows of 2 × 2 × 2. */
  public static MaxPooling3D of() {
    return of(2);
  }

  /** Returns a layer with windows of one size along all axes, side by side. */
  public static MaxPooling3D of(int poolSize) {
    return of(poolSize, poolSize, poolSize);
  }

  /** Returns a layer with windows side by side. */
  public static MaxPooling3D of(int slices, int rows, int columns) {
    return new MaxPooling3D(Config.of(slices, rows, columns));
  }
}
