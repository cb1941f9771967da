package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.UnaryLayer;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * Its input: {@code y = x}, of x's shape; a place where another layer may stand. Passes the mask
 * on.
 *
 * <p>Source: {@code keras.layers.Identity}.
 */
public final class Identity extends UnaryLayer implements Configurable<Identity> {
  private final Config config;

  /** The description of an {@link Identity}. */
  public record Config(LayerOptions options) implements LayerConfig {}

  private Identity(Config config) {
    super(config, Identity::new);
    this.config = config;
  }

  /** Returns the layer. */
  public static Identity of() {
    return new Identity(new Config(LayerOptions.DEFAULT));
  }

  @Override
  public Config config() {
    return config;
  }

  /** Whole numbers stay such. */
  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return x;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
