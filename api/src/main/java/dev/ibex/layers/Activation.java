package dev.ibex.layers;

import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;

/**
 * Applies a function: {@code y = activation(x)}, of x's shape. Passes the mask on.
 *
 * <p>Source: {@code keras.layers.Activation}.
 */
public final class Activation extends FunctionLayer<Activation> {
  private final Config config;

  /**
   * The description of an {@link Activation}.
   *
   * @param activation the function
   */
  public record Config(LayerOptions options, dev.ibex.core.Activation activation)
      implements LayerConfig {}

  private Activation(Config config) {
    super(config, Activation::new, config.activation);
    this.config = config;
  }

  /** Returns a layer that applies the function. */
  public static Activation of(dev.ibex.core.Activation activation) {
    return new Activation(new Config(LayerOptions.DEFAULT, activation));
  }

  @Override
  public Config config() {
    return config;
  }
}
