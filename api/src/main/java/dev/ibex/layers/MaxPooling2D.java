package dev.ibex.layers;

/**
 * The largest value of each window, channel by channel.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: [batch, height', width', channels]}, or with
 * the channels first. Drops the mask. Source: {@code keras.layers.MaxPooling2D}.
 */
public final class MaxPooling2D extends PoolingLayer<MaxPooling2D>
    implements Windowed2D<MaxPooling2D> {
  private MaxPooling2D(Config config) {
    super("MaxPool", 2, config, MaxPooling2D::new);
  }

  /** Returns a layer with windows of 2 × 2. */
  public static MaxPooling2D of() {
    return of(2);
  }

  /** Returns a layer with square windows side by side. */
  public static MaxPooling2D of(int poolSize) {
    return of(poolSize, poolSize);
  }

  /** Returns a layer with windows side by side. */
  public static MaxPooling2D of(int rows, int columns) {
    return new MaxPooling2D(Config.of(rows, columns));
  }
}
