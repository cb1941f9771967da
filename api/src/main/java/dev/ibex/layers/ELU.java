package dev.ibex.layers;

import dev.ibex.activations.Activations;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;

/**
 * {@code y = x} if x is positive, else {@code alpha · (exp(x) - 1)}.
 *
 * <p>{@code x: any shape -> y: the same}. Passes the mask on. Source: {@code keras.layers.ELU}.
 */
public final class ELU extends FunctionLayer<ELU> {
  private final Config config;

  /**
   * The description of an {@link ELU}.
   *
   * @param alpha what y tends to below 0, with the sign changed
   */
  public record Config(LayerOptions options, double alpha) implements LayerConfig {}

  private ELU(Config config) {
    super(config, ELU::new, Activations.elu(config.alpha));
    this.config = config;
  }

  /** Returns a layer with alpha 1. */
  public static ELU of() {
    return of(1);
  }

  /** Returns a layer with the given alpha. */
  public static ELU of(double alpha) {
    return new ELU(new Config(LayerOptions.DEFAULT, alpha));
  }

  @Override
  public Config config() {
    return config;
  }
}
