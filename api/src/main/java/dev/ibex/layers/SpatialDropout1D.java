package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Terse;
import java.util.Optional;

/**
 * In training, sets whole channels of a sample to 0 with probability {@code rate} and divides the
 * others by {@code 1 - rate}; else y = x.
 *
 * <p>{@code x: [batch, steps, channels] -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.SpatialDropout1D}.
 */
public final class SpatialDropout1D extends SpatialDropout<SpatialDropout1D> {
  private final Config config;

  /**
   * The description of a {@link SpatialDropout1D}.
   *
   * @param rate the probability of 0, from 0 to 1
   * @param seed what to draw from; by default the model's choice
   */
  public record Config(@Terse LayerOptions options, double rate, Optional<Long> seed)
      implements SpatialDropout.Dropping {
    /** Checks the rate. */
    public Config {
      Check.rate("rate", rate);
    }
  }

  private SpatialDropout1D(Config config) {
    super(config, SpatialDropout1D::new, DataFormat.CHANNELS_LAST, 1);
    this.config = config;
  }

  /**
   * Returns a layer that drops each channel on its own.
   *
   * @param rate the probability of 0, from 0 to 1
   */
  public static SpatialDropout1D of(double rate) {
    return new SpatialDropout1D(new Config(LayerOptions.DEFAULT, rate, Optional.empty()));
  }

  @Override
  public Config config() {
    return config;
  }
}
