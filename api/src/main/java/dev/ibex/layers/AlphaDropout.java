package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.LayerOptions;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * In training, sets elements to SELU's lowest value -1.758 with probability {@code rate}, and
 * shifts and scales all so that mean 0 and variance 1 stay; else y = x.
 *
 * <p>{@code x: any shape -> y: the same}: with {@code p = -1.758…} and {@code a = ((1 - rate) · (1
 * + rate · p²))^-0.5}, {@code y = a · (x or p) - a · p · rate}. A rate of 1 cannot train. Passes
 * the mask on. Source: {@code keras.layers.AlphaDropout}; Klambauer et al., "Self-Normalizing
 * Neural Networks", 2017.
 */
public final class AlphaDropout extends ShapedNoiseLayer<AlphaDropout> {
  /** The limit of SELU at minus infinity. */
  private static final double LOWEST = -1.6732632423543772 * 1.0507009873554805;

  private final Config config;

  /**
   * The description of an {@link AlphaDropout}.
   *
   * @param rate the probability of SELU's lowest value, from 0 to 1
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

  private AlphaDropout(Config config) {
    super(config, AlphaDropout::new);
    this.config = config;
  }

  /**
   * Returns a layer that drops each element on its own.
   *
   * @param rate the probability of SELU's lowest value, from 0 to 1
   */
  public static AlphaDropout of(double rate) {
    return new AlphaDropout(
        new Config(LayerOptions.DEFAULT, rate, Optional.empty(), Optional.empty()));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  Operand<TNumber> noisy(Call call, Operand<TNumber> x) {
    double rate = config.rate;
    Check.that(rate < 1, "rate: 1 drops all, so that no variance is left; train with less");
    Ops tf = call.tf();
    double a = Math.pow((1 - rate) * (1 + rate * LOWEST * LOWEST), -0.5);
    Operand<TNumber> y = tf.select(kept(call, x, noise(x)), x, call.constant(LOWEST));
    return tf.math.add(tf.math.mul(y, call.constant(a)), call.constant(-a * LOWEST * rate));
  }
}
