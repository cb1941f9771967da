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
 * <p>{@code x: [batch, height, width, channels] -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.SpatialDropout2D}.
 */
public final class SpatialDropout2D extends UnaryLayer
    implements Configurable<SpatialDropout2D>, Stochastic {
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
      implements LayerConfig {
    /** Checks the rate. */
    public Config {
      Check.rate("rate", rate);
    }
  }

  private SpatialDropout2D(Config config) {
    super(config, SpatialDropout2D::new);
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

  /** Sets what to draw from; by default the model chooses. */
  public SpatialDropout2D seed(long s) {
    return with("seed", Optional.of(s));
  }

  /** Sets where the channels are; default last. */
  public SpatialDropout2D dataFormat(DataFormat f) {
    return with("dataFormat", f);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    return config.dataFormat.checked(in, 2);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    boolean last = config.dataFormat == DataFormat.CHANNELS_LAST;
    Shape noise = last ? Shape.of(-1, 1, 1, -1) : Shape.of(-1, -1, 1, 1);
    return Drops.drop(call, x, config.rate, config.seed, noise);
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
