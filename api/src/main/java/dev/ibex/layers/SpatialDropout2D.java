package dev.ibex.layers;

/**
 * In training, sets whole channels of a sample to 0 with probability {@code rate} and divides the
 * others by {@code 1 - rate}; else y = x.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.SpatialDropout2D}.
 */
public final class SpatialDropout2D extends ChanneledDropout<SpatialDropout2D> {
  private SpatialDropout2D(Config config) {
    super(2, config, SpatialDropout2D::new);
  }

  /**
   * Returns a layer that drops each channel on its own.
   *
   * @param rate the probability of 0, from 0 to 1
   */
  public static SpatialDropout2D of(double rate) {
    return new SpatialDropout2D(Config.of(rate));
  }
}
