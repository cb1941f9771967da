package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.LayerOptions;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * In training, multiplies each element by normal noise of mean 1 and deviation {@code sqrt(rate /
 * (1 - rate))}; else y = x.
 *
 * <p>{@code x: any shape -> y: the same}. A rate of 1 cannot train. Passes the mask on. Source:
 * {@code keras.layers.GaussianDropout}.
 */
public final class GaussianDropout extends NoiseLayer<GaussianDropout> {
  private final Config config;

  /**
   * The description of a {@link GaussianDropout}.
   *
   * @param rate what a {@link Dropout} of as much noise has, from 0 to 1
   * @param seed what to draw from; by default the model's choice
   */
  public record Config(LayerOptions options, double rate, Optional<Long> seed)
      implements NoiseLayer.Noise {
    /** Checks the rate. */
    public Config {
      Check.rate("rate", rate);
    }
  }

  private GaussianDropout(Config config) {
    super(config, GaussianDropout::new, config.rate);
    this.config = config;
  }

  /**
   * Returns a layer that multiplies by noise.
   *
   * @param rate what a {@link Dropout} of as much noise has, from 0 to 1
   */
  public static GaussianDropout of(double rate) {
    return new GaussianDropout(new Config(LayerOptions.DEFAULT, rate, Optional.empty()));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  Operand<TNumber> noisy(Call call, Operand<TNumber> x) {
    double rate = config.rate;
    Check.that(rate < 1, "rate: 1 makes noise of infinite deviation; train with less");
    Ops tf = call.tf();
    Operand<TNumber> off =
        tf.math.mul(normal(call, x), call.constant(Math.sqrt(rate / (1 - rate))));
    return tf.math.mul(x, tf.math.add(call.constant(1), off));
  }
}
