package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Stochastic;
import dev.ibex.core.Terse;
import dev.ibex.core.UnaryLayer;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * In training, sets whole channels of a sample to 0 with probability {@code rate} and divides the
 * others by {@code 1 - rate}; else y = x.
 *
 * <p>{@code x: [batch, steps, channels] -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.SpatialDropout1D}.
 */
public final class SpatialDropout1D extends UnaryLayer
    implements Configurable<SpatialDropout1D>, Stochastic {
  private final Config config;

  /**
   * The description of a {@link SpatialDropout1D}.
   *
   * @param rate the probability of 0, from 0 to 1
   * @param seed what to draw from; by default the model's choice
   */
  public record Config(@Terse LayerOptions options, double rate, Optional<Long> seed)
      implements LayerConfig {
    /** Checks the rate. */
    public Config {
      Check.rate("rate", rate);
    }
  }

  private SpatialDropout1D(Config config) {
    super(config, SpatialDropout1D::new);
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

  /** Sets what to draw from; by default the model chooses. */
  public SpatialDropout1D seed(long s) {
    return with("seed", Optional.of(s));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return DataFormat.CHANNELS_LAST.checked(in, 1);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return Drops.drop(call, x, config.rate, config.seed, Shape.of(-1, 1, -1));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
