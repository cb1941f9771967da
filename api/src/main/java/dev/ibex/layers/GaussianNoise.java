package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.LayerOptions;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * In training, adds normal noise of mean 0 and deviation {@code stddev} to each element; else y =
 * x.
 *
 * <p>{@code x: any shape -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.GaussianNoise}.
 */
public final class GaussianNoise extends NoiseLayer<GaussianNoise> {
  private final Config config;

  /**
   * The description of a {@link GaussianNoise}.
   *
   * @param stddev the deviation, from 0 to 1
   * @param seed what to draw from; by default the model's choice
   */
  public record Config(LayerOptions options, double stddev, Optional<Long> seed)
      implements NoiseLayer.Noise {
    /** Checks the deviation. */
    public Config {
      Check.rate("stddev", stddev);
    }
  }

  private GaussianNoise(Config config) {
    super(config, GaussianNoise::new, config.stddev);
    this.config = config;
  }

  /**
   * Returns a layer that adds noise.
   *
   * @param stddev the deviation, from 0 to 1
   */
  public static GaussianNoise of(double stddev) {
    return new GaussianNoise(new Config(LayerOptions.DEFAULT, stddev, Optional.empty()));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  Operand<TNumber> noisy(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    return tf.math.add(x, tf.math.mul(normal(call, x), call.constant(config.stddev)));
  }
}
