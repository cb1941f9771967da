package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Terse;
import java.util.Optional;

/**
 * In training, sets whole channels of a sample to 0 with probability {@code rate} and divides the
 * others by {@code 1 - rate}; else y = x.
 *
 * <p>{@code x: [batch, depth, height, width, channels] -> y: the same}. Passes the mask on. Source:
 * {@code keras.layers.SpatialDropout3D}.
 */
public final class SpatialDropout3D extends SpatialDropout<SpatialDropout3D>
    implements Channeled<SpatialDropout3D> {
  private final Config config;

  /**
   * The description of a {@link SpatialDropout3D}.
   *
   * @param rate the probability of 0, from 0 to 1
   * @param seed what to draw from; by default the model's choice
   * @param dataFormat where the channels are
   */
  public record Config(
      @Terse LayerOptions options, double rate, Optional<Long> seed, DataFormat dataFormat)
      implements SpatialDropout.Dropping {
    /** Checks the rate. */
    public Config {
      Check.rate("rate", rate);
    }
  }

  private SpatialDropout3D(Config config) {
    super(config, SpatialDropout3D::new, config.dataFormat, 3);
    this.config = config;
  }

  /**
   * Returns a layer that drops each channel on its own.
   *
   * @param rate the probability of 0, from 0 to 1
   */
  public static SpatialDropout3D of(double rate) {
    return new SpatialDropout3D(
        new Config(LayerOptions.DEFAULT, rate, Optional.empty(), DataFormat.CHANNELS_LAST));
  }

  @Override
  public Config config() {
    return config;
  }
}
