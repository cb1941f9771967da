package dev.ibex.applications;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Stochastic;
import dev.ibex.core.UnaryLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * In training, sets whole samples to 0 with probability {@code dropPathRate} and divides the others
 * by {@code 1 - dropPathRate}; else y = x. What is added to it is all that such a sample keeps.
 *
 * <p>{@code x: [batch, …] -> y: the same}. Drops the mask. Source: {@code StochasticDepth} of
 * {@code keras.applications.convnext}; Huang et al., "Deep Networks with Stochastic Depth", 2016.
 */
public final class StochasticDepth extends UnaryLayer
    implements Configurable<StochasticDepth>, Stochastic {
  private final Config config;

  /**
   * The description of a {@link StochasticDepth}.
   *
   * @param dropPathRate the probability of 0, at least 0 and below 1
   */
  public record Config(LayerOptions options, double dropPathRate) implements LayerConfig {
    /** Checks the rate. */
    public Config {
      Check.that(
          dropPathRate >= 0 && dropPathRate < 1,
          "dropPathRate: expected a number from 0 to below 1, got %s",
          dropPathRate);
    }
  }

  private StochasticDepth(Config config) {
    super(config, StochasticDepth::new);
    this.config = config;
  }

  /**
   * Returns a layer that drops each sample on its own.
   *
   * @param dropPathRate the probability of 0, at least 0 and below 1
   */
  public static StochasticDepth of(double dropPathRate) {
    return new StochasticDepth(new Config(LayerOptions.DEFAULT, dropPathRate));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    if (!call.training() || config.dropPathRate == 0) {
      return x;
    }
    Ops tf = call.tf();
    double kept = 1 - config.dropPathRate;
    Operand<TNumber> drawn = call.randomUniform(Optional.empty(), oneForEachSample(tf, x));
    Operand<TNumber> keeps = tf.math.floor(tf.math.add(drawn, call.constant(kept)));
    return tf.math.mul(tf.math.div(x, call.constant(kept)), keeps);
  }

  private static Operand<TInt32> oneForEachSample(Ops tf, Operand<TNumber> x) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    sizes.add(tf.gather(tf.shape(x), tf.constant(0), tf.constant(0)));
    while (sizes.size() < x.shape().numDimensions()) {
      sizes.add(tf.constant(1));
    }
    return tf.stack(sizes);
  }
}
