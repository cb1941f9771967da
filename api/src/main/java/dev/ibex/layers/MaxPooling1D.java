package dev.ibex.layers;

/**
 * The largest value of each window, channel by channel.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, steps', channels]}, or with the channels
 * first. Drops the mask. Source: {@code keras.layers.MaxPooling1D}.
 */
public final class MaxPooling1D extends PoolingLayer<MaxPooling1D> {
  private MaxPooling1D(Config config) {
    super("MaxPool", 1, config, MaxPooling1D::new);
  }

  /** Returns a layer with windows of 2 steps. */
  public static MaxPooling1D of() {
    return of(2);
  }

  /** Returns a layer with windows side by side. */
  public static MaxPooling1D of(int poolSize) {
    return new MaxPooling1D(Config.of(poolSize));
  }
}
