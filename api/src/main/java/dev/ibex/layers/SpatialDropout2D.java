package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Terse;
import java.util.Optional;

/**
 * In training, sets whole channels of a sample to 0 with probability {@code rate} and divides the
 * others by {@code 1 - rate}; else y = x.
 *
 * <p>{@code x: [batch, height, width, channels] -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.SpatialDropout2D}.
 */
public final class SpatialDropout2D extends SpatialDropout<SpatialDropout2D>
    implements Channeled<SpatialDropout2D> {
  private final Config config;

  /**
   * The description of a {@link SpatialDropout2D}.
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

  private SpatialDropout2D(Config config) {
    super(config, SpatialDropout2D::new, config.dataFormat, 2);
    this.config = config;
  }

  /**
   * Returns a layer that drops each channel on its own.
   *
   * @param rate the probability of 0, from 0 to 1
   */
  public static SpatialDropout2D of(double rate) {
    return new SpatialDropout2D(
        new Config(LayerOptions.DEFAULT, rate, Optional.empty(), DataFormat.CHANNELS_LAST));
  }

  @Override
  public Config config() {
    return config;
  }
}
