package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.Stochastic;
import java.util.Optional;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * A layer that draws noise in training and else gives x: the seed, and how elements are dropped.
 * Passes the mask on.
 *
 * @param <L> the layer's own class
 */
abstract class NoiseLayer<L extends Layer> extends ConfiguredLayer<L> implements Stochastic {
  private final double strength;
  private final Optional<Long> seed;

  /** The components that the layer's record has for this. */
  interface Noise extends LayerConfig {
    Optional<Long> seed();
  }

  /**
   * Creates the layer.
   *
   * @param strength the rate or the deviation; 0 adds no noise
   */
  <C extends Noise> NoiseLayer(C config, Function<C, L> copy, double strength) {
    super(config, copy);
    this.strength = strength;
    this.seed = config.seed();
  }

  /** Sets what to draw from; by default the model chooses. */
  public L seed(long s) {
    return with("seed", Optional.of(s));
  }

  /** Emits x with its noise; the graph trains, and the strength is above 0. */
  abstract Operand<TNumber> noisy(Call call, Operand<TNumber> x);

  @Override
  protected final Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return call.training() && strength > 0 ? noisy(call, x) : x;
  }

  /** Draws normal numbers of mean 0 and deviation 1, one for each element of x. */
  final Operand<TNumber> normal(Call call, Operand<TNumber> x) {
    return call.randomNormal(seed, call.tf().shape(x));
  }

  /**
   * Draws which elements stay, each with probability {@code 1 - rate}.
   *
   * @param noise the shape of what is drawn, -1 where it is that of x
   */
  final Operand<TBool> kept(Call call, Operand<TNumber> x, Shape noise) {
    Operand<TNumber> drawn = call.randomUniform(seed, Dims.of(call.tf(), x, noise));
    return call.tf().math.greaterEqual(drawn, call.constant(strength));
  }

  /** Emits x with elements set to 0, and the others divided by what the rate leaves of 1. */
  final Operand<TNumber> dropped(Call call, Operand<TNumber> x, Shape noise) {
    Ops tf = call.tf();
    if (strength == 1) {
      return tf.zerosLike(x);
    }
    Operand<TNumber> scaled = tf.math.mul(x, call.constant(1 / (1 - strength)));
    return tf.select(kept(call, x, noise), scaled, call.constant(0));
  }

  @Override
  protected final boolean passesMask() {
    return true;
  }
}
