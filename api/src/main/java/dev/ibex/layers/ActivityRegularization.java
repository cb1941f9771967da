package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.UnaryLayer;
import dev.ibex.regularizers.L1L2;
import org.tensorflow.Operand;
import org.tensorflow.types.family.TNumber;

/**
 * Passes its input through and adds {@code (l1 · sum(|x|) + l2 · sum(x²)) / batch} to the loss.
 *
 * <p>{@code x: any shape -> y: the same}. Passes the mask on. Source: {@code
 * keras.layers.ActivityRegularization}.
 */
public final class ActivityRegularization extends UnaryLayer
    implements Configurable<ActivityRegularization> {
  private final Config config;

  /**
   * The description of an {@link ActivityRegularization}.
   *
   * @param l1 the strength of the first term, at least 0
   * @param l2 the strength of the second term, at least 0
   */
  public record Config(LayerOptions options, double l1, double l2) implements LayerConfig {
    /** Checks the strengths. */
    public Config {
      penalty(l1, l2);
    }

    private static Regularizer penalty(double l1, double l2) {
      return l1 == 0 && l2 == 0 ? Regularizer.NONE : L1L2.of(l1, l2);
    }
  }

  private ActivityRegularization(Config config) {
    super(config, ActivityRegularization::new);
    this.config = config;
  }

  /** Returns a layer without a penalty. */
  public static ActivityRegularization of() {
    return new ActivityRegularization(new Config(LayerOptions.DEFAULT, 0, 0));
  }

  /** Sets the strength of the sum of sizes; default 0. */
  public ActivityRegularization l1(double strength) {
    return with("l1", strength);
  }

  /** Sets the strength of the sum of squares; default 0. */
  public ActivityRegularization l2(double strength) {
    return with("l2", strength);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Regularizer activityRegularizer() {
    return Config.penalty(config.l1, config.l2);
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
