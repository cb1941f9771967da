package dev.ibex.layers;

/**
 * The mean of each window, channel by channel; what lies beyond an edge is not counted.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, height', width', channels]}, or with
 * the channels first. Drops the mask. Source: {@code keras.layers.AveragePooling2D}.
 */
public final class AveragePooling2D extends PoolingLayer<AveragePooling2D>
    implements Windowed2D<AveragePooling2D> {
  private AveragePooling2D(Config config) {
    super("AvgPool", 2, config, AveragePooling2D::new);
  }

  /** Returns a layer with square windows side by side. */
  public static AveragePooling2D of(int poolSize) {
    return of(poolSize, poolSize);
  }

  /** Returns a layer with windows side by side. */
  public static AveragePooling2D of(int rows, int columns) {
    return new AveragePooling2D(Config.of(rows, columns));
  }
}
