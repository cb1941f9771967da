package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.ones;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.Key;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
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
public final class BatchNormalization extends NormalizationLayer<BatchNormalization> {
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
   * @param renorm whether a batch is normalized as by the statistics of training so far
   * @param renormClipping the bounds of that; none by default
   * @param renormMomentum how much of those statistics an update keeps, from 0 to 1
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
      RenormClipping renormClipping,
      double renormMomentum)
      implements NormalizationLayer.Normalization {
    /** Checks the numbers. */
    public Config {
      Check.rate("momentum", momentum);
      checkEpsilon(epsilon);
      Check.rate("renormMomentum", renormMomentum);
      if (renorm) {
        renormClipping.check(); // Keras looks at it only then
      }
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
            RenormClipping.of(),
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

  /** Sets the moving mean's first value; default zeros. */
  public BatchNormalization movingMeanInitializer(Initializer i) {
    return with("movingMeanInitializer", i);
  }

  /** Sets the moving variance's first value; default ones. */
  public BatchNormalization movingVarianceInitializer(Initializer i) {
    return with("movingVarianceInitializer", i);
  }

  /**
   * Sets whether replicas that train in parallel share their statistics, which Keras calls {@code
   * synchronized}; default false. Ibex trains one replica, whose statistics are the same either
   * way.
   */
  public BatchNormalization acrossReplicas(boolean on) {
    return with("acrossReplicas", on);
  }

  /**
   * Sets whether batches are renormalized: in training, {@code y = gamma · ((x - mean) /
   * sqrt(variance + epsilon) · r + d) + beta} with r and d from statistics of training so far;
   * default false. The layer has three weights more.
   */
  public BatchNormalization renorm(boolean on) {
    return with("renorm", on);
  }

  /** Sets bounds of r and d in renormalization; default none. */
  public BatchNormalization renormClipping(RenormClipping bounds) {
    return with("renormClipping", bounds);
  }

  /** Sets how much of the statistics for r and d an update keeps; default 0.99. */
  public BatchNormalization renormMomentum(double m) {
    return with("renormMomentum", m);
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
    List<WeightSpec> all = gammaAndBeta(shape);
    all.add(statistic("moving_mean", shape, config.movingMeanInitializer));
    all.add(statistic("moving_variance", shape, config.movingVarianceInitializer));
    if (config.renorm) {
      all.addAll(Renorm.weights(config, shape));
    }
    return all;
  }

  /** Declares state in the variables' own type. */
  static WeightSpec statistic(String name, Shape shape, Initializer first) {
    return WeightSpec.of(name, shape, first).untrainable().uncast();
  }

  @Override
  protected DType internalDType(DType compute) {
    return compute.atLeastFloat32();
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
    int rank = x.shape().numDimensions();
    int axis = Check.axis("axis", config.axis, rank);
    int[] channels = {axis};
    if (!call.training() || !call.trainable()) {
      Operand<TNumber> mean = along(call, x, "moving_mean", channels);
      Operand<TNumber> variance = along(call, x, "moving_variance", channels);
      return normalized(call, x, new Moments(mean, variance), channels);
    }
    int[] others = IntStream.range(0, rank).filter(i -> i != axis).toArray();
    Moments batch = Moments.of(call, x, others);
    if (config.renorm) {
      return renormalized(call, x, batch, channels);
    }
    move(call, "moving_mean", batch.mean(), config.momentum);
    move(call, "moving_variance", batch.variance(), config.momentum);
    return normalized(call, x, batch, channels);
  }

  private Operand<TNumber> renormalized(
      Call call, Operand<TNumber> x, Moments batch, int[] channels) {
    Ops tf = call.tf();
    Renorm renorm = Renorm.of(call, x, batch, channels, config);
    Optional<Operand<TNumber>> gamma = gamma(call, x, channels);
    Operand<TNumber> shift =
        gamma.<Operand<TNumber>>map(g -> tf.math.mul(renorm.d(), g)).orElse(renorm.d());
    return normalized(
        tf,
        x,
        batch,
        Optional.of(
            gamma.<Operand<TNumber>>map(g -> tf.math.mul(renorm.r(), g)).orElse(renorm.r())),
        Optional.of(
            beta(call, x, channels)
                .<Operand<TNumber>>map(b -> tf.math.add(shift, b))
                .orElse(shift)));
  }

  /**
   * Lets a statistic go {@code 1 - momentum} of the way to that of a batch; returns where it is.
   */
  static Operand<TNumber> move(
      Call call, String statistic, Operand<TNumber> batch, double momentum) {
    Ops tf = call.tf();
    Operand<TNumber> moving = Numbers.cast(tf, call.weight(statistic), call.dtype());
    Operand<TNumber> flat = tf.reshape(batch, tf.constant(new int[] {-1}));
    Operand<TNumber> moved =
        tf.math.add(
            tf.math.mul(moving, call.constant(momentum)),
            tf.math.mul(flat, call.constant(1 - momentum)));
    call.update(statistic, moved);
    return moved;
  }
}
