package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.UnaryLayer;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Applies a function: {@code y = activation(x)}, of x's shape. Passes the mask on.
 *
 * <p>Source: {@code keras.layers.Activation}.
 */
public final class Activation extends UnaryLayer implements Configurable<Activation> {
  private final Config config;

  /**
   * The description of an {@link Activation}.
   *
   * @param activation the function
   */
  public record Config(LayerOptions options, dev.ibex.core.Activation activation)
      implements LayerConfig {}

  private Activation(Config config) {
    super(config, Activation::new);
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

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return config.activation.apply(call.tf(), x);
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return call.mask(0);
  }
}
