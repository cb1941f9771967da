package dev.ibex.layers;

/**
 * In training, sets whole channels of a sample to 0 with probability {@code rate} and divides the
 * others by {@code 1 - rate}; else y = x.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: the same}. Passes the mask on. Source:
 * {@code keras.layers.SpatialDropout3D}.
 */
public final class SpatialDropout3D extends ChanneledDropout<SpatialDropout3D> {
  private SpatialDropout3D(Config config) {
    super(3, config, SpatialDropout3D::new);
  }

  /**
   * Returns a layer that drops each channel on its own.
   *
   * @param rate the probability of 0, from 0 to 1
   */
  public static SpatialDropout3D of(double rate) {
    return new SpatialDropout3D(Config.of(rate));
  }
}
