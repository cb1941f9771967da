package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.ones;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Key;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Gives each channel mean 0 and variance 1: {@code y = gamma · (x - mean) / sqrt(variance +
 * epsilon) + beta}.
 *
 * <p>{@code x: any shape -> y: the same}. In training, mean and (biased) variance are those of the
 * batch, of its unmasked steps if it has a mask, and the moving ones go {@code 1 - momentum} of the
 * way to them; else, and where the layer is frozen, they are the moving ones. Computes in float32
 * at least. Passes the mask on. Source: {@code keras.layers.BatchNormalization}.
 */
public final class BatchNormalization extends UnaryLayer
    implements Configurable<BatchNormalization> {
  private final Config config;

  /**
   * The description of a {@link BatchNormalization}.
   *
   * @param axis the axis of the channels; negative ones count from the end
   * @param momentum how much of the moving statistics an update keeps, from 0 to 1
   * @param epsilon what is added to the variance
   * @param center whether beta is added
   * @param scale whether gamma multiplies
   * @param acrossReplicas whether replicas that train in parallel share their statistics; there is
   *     one replica
   * @param renorm not supported: false
   * @param renormMomentum has no effect
   */
  public record Config(
      LayerOptions options,
      int axis,
      double momentum,
      double epsilon,
      boolean center,
      boolean scale,
      Initializer betaInitializer,
      Initializer gammaInitializer,
      Initializer movingMeanInitializer,
      Initializer movingVarianceInitializer,
      Regularizer betaRegularizer,
      Regularizer gammaRegularizer,
      Constraint betaConstraint,
      Constraint gammaConstraint,
      @Key("synchronized") boolean acrossReplicas,
      boolean renorm,
      double renormMomentum)
      implements LayerConfig {
    /** Checks the numbers. */
    public Config {
      Check.rate("momentum", momentum);
      Check.that(epsilon >= 0, "epsilon: expected a number of 0 or more, got %s", epsilon);
      Check.that(!renorm, "renorm: batch renormalization is not supported; use renorm=False");
    }
  }

  private BatchNormalization(Config config) {
    super(config, BatchNormalization::new);
    this.config = config;
  }

  /** Returns a layer with Keras's defaults, for channels in the last axis. */
  public static BatchNormalization of() {
    return new BatchNormalization(
        new Config(
            LayerOptions.DEFAULT,
            -1,
            0.99,
            1e-3,
            true,
            true,
            zeros(),
            ones(),
            zeros(),
            ones(),
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            Constraint.NONE,
            false,
            false,
            0.99));
  }

  /** Sets the axis of the channels; default -1, the last. */
  public BatchNormalization axis(int a) {
    return with("axis", a);
  }

  /** Sets how much of the moving statistics an update keeps; default 0.99. */
  public BatchNormalization momentum(double m) {
    return with("momentum", m);
  }

  /** Sets what is added to the variance; default 0.001. */
  public BatchNormalization epsilon(double e) {
    return with("epsilon", e);
  }

  /** Sets whether beta is added; default true. */
  public BatchNormalization center(boolean on) {
    return with("center", on);
  }

  /** Sets whether gamma multiplies; default true. */
  public BatchNormalization scale(boolean on) {
    return with("scale", on);
  }

  /** Sets beta's first value; default zeros. */
  public BatchNormalization betaInitializer(Initializer i) {
    return with("betaInitializer", i);
  }

  /** Sets gamma's first value; default ones. */
  public BatchNormalization gammaInitializer(Initializer i) {
    return with("gammaInitializer", i);
  }

  /** Sets the moving mean's first value; default zeros. */
  public BatchNormalization movingMeanInitializer(Initializer i) {
    return with("movingMeanInitializer", i);
  }

  /** Sets the moving variance's first value; default ones. */
  public BatchNormalization movingVarianceInitializer(Initializer i) {
    return with("movingVarianceInitializer", i);
  }

  /** Sets a penalty on beta; default none. */
  public BatchNormalization betaRegularizer(Regularizer r) {
    return with("betaRegularizer", r);
  }

  /** Sets a penalty on gamma; default none. */
  public BatchNormalization gammaRegularizer(Regularizer r) {
    return with("gammaRegularizer", r);
  }

  /** Sets a projection of beta after each update; default none. */
  public BatchNormalization betaConstraint(Constraint c) {
    return with("betaConstraint", c);
  }

  /** Sets a projection of gamma after each update; default none. */
  public BatchNormalization gammaConstraint(Constraint c) {
    return with("gammaConstraint", c);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    Check.axis("axis", config.axis, in.numDimensions());
    return in;
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    Shape shape = Shape.of(in.get(Check.axis("axis", config.axis, in.numDimensions())));
    List<WeightSpec> all = new ArrayList<>();
    if (config.scale) {
      all.add(
          WeightSpec.of("gamma", shape, config.gammaInitializer)
              .regularizer(config.gammaRegularizer)
              .constraint(config.gammaConstraint));
    }
    if (config.center) {
      all.add(
          WeightSpec.of("beta", shape, config.betaInitializer)
              .regularizer(config.betaRegularizer)
              .constraint(config.betaConstraint));
    }
    all.add(WeightSpec.of("moving_mean", shape, config.movingMeanInitializer).untrainable());
    all.add(
        WeightSpec.of("moving_variance", shape, config.movingVarianceInitializer).untrainable());
    return all.stream().map(WeightSpec::uncast).toList();
  }

  @Override
  protected DType internalDType(DType compute) {
    return compute == DType.FLOAT64 ? compute : DType.FLOAT32;
  }

  @Override
  protected boolean usesMask() {
    return true;
  }

  /** Only the statistics of a batch are those of all its samples. */
  @Override
  protected boolean mixesSamples(boolean training) {
    return training;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    int rank = x.shape().numDimensions();
    int axis = Check.axis("axis", config.axis, rank);
    Operand<TNumber> mean = weight(call, "moving_mean");
    Operand<TNumber> variance = weight(call, "moving_variance");
    if (call.training() && call.trainable()) {
      int[] others = IntStream.range(0, rank).filter(i -> i != axis).toArray();
      Moments batch = Moments.of(call, x, others);
      call.update("moving_mean", moved(call, mean, batch.mean()));
      call.update("moving_variance", moved(call, variance, batch.variance()));
      mean = batch.mean();
      variance = batch.variance();
    }
    Operand<TNumber> factor = tf.math.rsqrt(tf.math.add(variance, call.constant(config.epsilon)));
    if (config.scale) {
      factor = tf.math.mul(factor, weight(call, "gamma"));
    }
    Operand<TNumber> shift = tf.math.neg(tf.math.mul(mean, factor));
    if (config.center) {
      shift = tf.math.add(weight(call, "beta"), shift);
    }
    int[] dims = new int[rank];
    java.util.Arrays.fill(dims, 1);
    dims[axis] = -1;
    return tf.math.add(
        tf.math.mul(x, tf.reshape(factor, tf.constant(dims))),
        tf.reshape(shift, tf.constant(dims)));
  }

  private static Operand<TNumber> weight(Call call, String name) {
    return Numbers.cast(call.tf(), call.weight(name), call.dtype());
  }

  private Operand<TNumber> moved(Call call, Operand<TNumber> moving, Operand<TNumber> batch) {
    Ops tf = call.tf();
    return tf.math.add(
        tf.math.mul(moving, call.constant(config.momentum)),
        tf.math.mul(batch, call.constant(1 - config.momentum)));
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return call.mask(0);
  }
}
