package dev.ibex.layers;

/**
 * The mean of each window, channel by channel; what lies beyond an edge is not counted.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, steps', channels]}, or with the channels
 * first. Drops the mask. Source: {@code keras.layers.AveragePooling1D}.
 */
public final class AveragePooling1D extends PoolingLayer<AveragePooling1D> {
  private AveragePooling1D(Config config) {
    super("AvgPool", 1, config, AveragePooling1D::new);
  }

  /** Returns a layer with windows side by side. */
  public static AveragePooling1D of(int poolSize) {
    return new AveragePooling1D(Config.of(poolSize));
  }
}
