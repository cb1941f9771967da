package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.LayerOptions;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * In training, sets elements to 0 with probability {@code rate} and divides the others by {@code 1
 * - rate}; else y = x.
 *
 * <p>{@code x: any shape -> y: the same}. Passes the mask on. Source: {@code keras.layers.Dropout}.
 */
public final class Dropout extends ShapedNoiseLayer<Dropout> {
  private final Config config;

  /**
   * The description of a {@link Dropout}.
   *
   * @param rate the probability of 0, from 0 to 1
   * @param seed what to draw from; by default the model's choice
   * @param noiseShape the shape of what is drawn, -1 where it is the input's; an axis of size 1 is
   *     dropped or kept as a whole
   */
  public record Config(
      LayerOptions options, double rate, Optional<Long> seed, Optional<Shape> noiseShape)
      implements ShapedNoiseLayer.ShapedNoise {
    /** Checks the rate and the shape. */
    public Config {
      Check.rate("rate", rate);
      check(noiseShape);
    }
  }

  private Dropout(Config config) {
    super(config, Dropout::new);
    this.config = config;
  }

  /**
   * Returns a layer that drops each element on its own.
   *
   * @param rate the probability of 0, from 0 to 1
   */
  public static Dropout of(double rate) {
    return new Dropout(new Config(LayerOptions.DEFAULT, rate, Optional.empty(), Optional.empty()));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  Operand<TNumber> noisy(Call call, Operand<TNumber> x) {
    return dropped(call, x, noise(x));
  }
}
