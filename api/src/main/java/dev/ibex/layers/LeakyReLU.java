package dev.ibex.layers;

import dev.ibex.activations.Activations;
import dev.ibex.core.Check;
import dev.ibex.core.Key;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;

/**
 * {@code y = x} if x is positive, else {@code negativeSlope · x}.
 *
 * <p>{@code x: any shape -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.LeakyReLU}.
 */
public final class LeakyReLU extends FunctionLayer<LeakyReLU> {
  private final Config config;

  /**
   * The description of a {@link LeakyReLU}.
   *
   * @param negativeSlope the slope below 0, at least 0
   */
  public record Config(
      LayerOptions options, @Key(value = "negative_slope", formerly = "alpha") double negativeSlope)
      implements LayerConfig {
    /** Checks the slope. */
    public Config {
      Check.atLeastZero("negativeSlope", negativeSlope);
    }
  }

  private LeakyReLU(Config config) {
    super(config, LeakyReLU::new, Activations.leakyRelu(config.negativeSlope));
    this.config = config;
  }

  /** Returns a layer with slope 0.3. */
  public static LeakyReLU of() {
    return of(0.3);
  }

  /** Returns a layer with the given slope below 0, which is at least 0. */
  public static LeakyReLU of(double negativeSlope) {
    return new LeakyReLU(new Config(LayerOptions.DEFAULT, negativeSlope));
  }

  @Override
  public Config config() {
    return config;
  }
}
