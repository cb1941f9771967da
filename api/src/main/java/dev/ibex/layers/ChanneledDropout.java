package dev.ibex.layers;

import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Terse;
import java.util.Optional;
import java.util.function.Function;

/**
 * A {@link SpatialDropout} whose channels may be first or last.
 *
 * @param <L> the layer's own class
 */
abstract class ChanneledDropout<L extends Layer> extends SpatialDropout<L> implements Channeled<L> {
  private final Config config;

  /**
   * The description of a layer for images or volumes.
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

    /** Channels last; the model chooses what to draw from. */
    static Config of(double rate) {
      return new Config(LayerOptions.DEFAULT, rate, Optional.empty(), DataFormat.CHANNELS_LAST);
    }
  }

  /**
   * Creates a layer.
   *
   * @param axes how many axes lie between batch and channels
   */
  ChanneledDropout(int axes, Config config, Function<Config, L> copy) {
    super(config, copy, config.dataFormat, axes);
    this.config = config;
  }

  @Override
  public Config config() {
    return config;
  }
}
