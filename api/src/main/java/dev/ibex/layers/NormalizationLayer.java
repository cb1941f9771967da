package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.Regularizer;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * {@code y = gamma · (x - mean) / sqrt(variance + epsilon) + beta}: gamma, beta and their options.
 * Passes the mask on.
 *
 * @param <L> the layer's own class
 */
abstract class NormalizationLayer<L extends Layer> extends UnaryLayer implements Configurable<L> {
  private final Normalization config;

  /** The components that the layer's record has for this. */
  interface Normalization extends LayerConfig {
    double epsilon();

    boolean center();

    boolean scale();

    Initializer betaInitializer();

    Initializer gammaInitializer();

    Regularizer betaRegularizer();

    Regularizer gammaRegularizer();

    Constraint betaConstraint();

    Constraint gammaConstraint();
  }

  <C extends Normalization> NormalizationLayer(C config, Function<C, L> copy) {
    super(config, copy);
    this.config = config;
  }

  /** Refuses an epsilon that cannot be used. */
  static void checkEpsilon(double epsilon) {
    Check.that(epsilon >= 0, "epsilon: expected a number of 0 or more, got %s", epsilon);
  }

  /** Sets what is added to the variance; default 0.001. */
  public L epsilon(double e) {
    return with("epsilon", e);
  }

  /** Sets whether beta is added; default true. */
  public L center(boolean on) {
    return with("center", on);
  }

  /** Sets whether gamma multiplies; default true. */
  public L scale(boolean on) {
    return with("scale", on);
  }

  /** Sets beta's first value; default zeros. */
  public L betaInitializer(Initializer i) {
    return with("betaInitializer", i);
  }

  /** Sets gamma's first value; default ones. */
  public L gammaInitializer(Initializer i) {
    return with("gammaInitializer", i);
  }

  /** Sets a penalty on beta; default none. */
  public L betaRegularizer(Regularizer r) {
    return with("betaRegularizer", r);
  }

  /** Sets a penalty on gamma; default none. */
  public L gammaRegularizer(Regularizer r) {
    return with("gammaRegularizer", r);
  }

  /** Sets a projection of beta after each update; default none. */
  public L betaConstraint(Constraint c) {
    return with("betaConstraint", c);
  }

  /** Sets a projection of gamma after each update; default none. */
  public L gammaConstraint(Constraint c) {
    return with("gammaConstraint", c);
  }

  /** Returns whether there is a gamma. */
  boolean hasGamma() {
    return config.scale();
  }

  /** Returns whether there is a beta. */
  boolean hasBeta() {
    return config.center();
  }

  /** Declares gamma and beta, those there are. */
  final List<WeightSpec> gammaAndBeta(Shape shape) {
    List<WeightSpec> all = new ArrayList<>();
    if (hasGamma()) {
      all.add(
          WeightSpec.of("gamma", shape, config.gammaInitializer())
              .regularizer(config.gammaRegularizer())
              .constraint(config.gammaConstraint())
              .uncast());
    }
    if (hasBeta()) {
      all.add(
          WeightSpec.of("beta", shape, config.betaInitializer())
              .regularizer(config.betaRegularizer())
              .constraint(config.betaConstraint())
              .uncast());
    }
    return all;
  }

  /** Returns gamma in a shape that fits x, if there is one. */
  final Optional<Operand<TNumber>> gamma(Call call, Operand<TNumber> x, int[] axes) {
    return hasGamma() ? Optional.of(along(call, x, "gamma", axes)) : Optional.empty();
  }

  /** Returns beta in a shape that fits x, if there is one. */
  final Optional<Operand<TNumber>> beta(Call call, Operand<TNumber> x, int[] axes) {
    return hasBeta() ? Optional.of(along(call, x, "beta", axes)) : Optional.empty();
  }

  /** As the other, with the layer's own gamma and beta, whose axes are those of x. */
  final Operand<TNumber> normalized(Call call, Operand<TNumber> x, Moments moments, int[] axes) {
    return normalized(call.tf(), x, moments, gamma(call, x, axes), beta(call, x, axes));
  }

  /** Returns {@code x · f + beta - mean · f} with {@code f = gamma / sqrt(variance + epsilon)}. */
  final Operand<TNumber> normalized(
      Ops tf,
      Operand<TNumber> x,
      Moments moments,
      Optional<Operand<TNumber>> gamma,
      Optional<Operand<TNumber>> beta) {
    Operand<TNumber> inverse = inverse(tf, moments.variance());
    Operand<TNumber> factor =
        gamma.<Operand<TNumber>>map(g -> tf.math.mul(inverse, g)).orElse(inverse);
    Operand<TNumber> back = tf.math.neg(tf.math.mul(moments.mean(), factor));
    Operand<TNumber> shift = beta.<Operand<TNumber>>map(b -> tf.math.add(b, back)).orElse(back);
    return tf.math.add(tf.math.mul(x, factor), shift);
  }

  /** Returns {@code 1 / sqrt(variance + epsilon)}. */
  final Operand<TNumber> inverse(Ops tf, Operand<TNumber> variance) {
    return tf.math.rsqrt(tf.math.add(variance, Numbers.constant(tf, variance, config.epsilon())));
  }

  /**
   * Returns a weight, whose elements are those of axes of x, in x's type and a shape that fits x.
   */
  static Operand<TNumber> along(Call call, Operand<TNumber> x, String weight, int[] axes) {
    Ops tf = call.tf();
    Operand<TNumber> w = Numbers.cast(tf, call.weight(weight), Numbers.dtype(x));
    int rank = x.shape().numDimensions();
    boolean last = Arrays.equals(axes, IntStream.range(rank - axes.length, rank).toArray());
    if (last && w.shape().numDimensions() == axes.length) {
      return w;
    }
    long[] dims = new long[rank];
    Arrays.fill(dims, 1);
    for (int axis : axes) {
      dims[axis] = x.shape().get(axis);
    }
    return tf.reshape(w, tf.constant(dims));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
