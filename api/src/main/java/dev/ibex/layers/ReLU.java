package dev.ibex.layers;

import dev.ibex.activations.Activations;
import dev.ibex.core.Check;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import java.util.Optional;

/**
 * {@code y = x} from the threshold up to a maximum, and {@code negativeSlope · (x - threshold)}
 * below the threshold.
 *
 * <p>{@code x: any shape -> y: the same}. Passes the mask on. Source: {@code keras.layers.ReLU}.
 */
public final class ReLU extends FunctionLayer<ReLU> {
  private final Config config;

  /**
   * The description of a {@link ReLU}.
   *
   * @param maxValue the largest value, at least 0; by default none
   * @param negativeSlope the slope below the threshold, at least 0
   * @param threshold where the slope ends, at least 0
   */
  public record Config(
      LayerOptions options, Optional<Double> maxValue, double negativeSlope, double threshold)
      implements LayerConfig {
    /** Checks the numbers. */
    public Config {
      maxValue.ifPresent(v -> Check.atLeastZero("maxValue", v));
      Check.atLeastZero("negativeSlope", negativeSlope);
      Check.atLeastZero("threshold", threshold);
    }
  }

  private ReLU(Config config) {
    super(
        config,
        ReLU::new,
        Activations.relu(
            config.negativeSlope,
            config.maxValue.orElse(Double.POSITIVE_INFINITY),
            config.threshold));
    this.config = config;
  }

  /** Returns a layer {@code y = max(x, 0)}. */
  public static ReLU of() {
    return new ReLU(new Config(LayerOptions.DEFAULT, Optional.empty(), 0, 0));
  }

  /** Sets the largest value; by default there is none. */
  public ReLU maxValue(double v) {
    return with("maxValue", Optional.of(v));
  }

  /** Sets the slope below the threshold; default 0. */
  public ReLU negativeSlope(double s) {
    return with("negativeSlope", s);
  }

  /** Sets where the slope ends; default 0. */
  public ReLU threshold(double t) {
    return with("threshold", t);
  }

  @Override
  public Config config() {
    return config;
  }
}
