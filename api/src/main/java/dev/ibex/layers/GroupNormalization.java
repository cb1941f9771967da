package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.ones;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Gives each group of channels of a sample mean 0 and variance 1: {@code y = gamma · (x - mean) /
 * sqrt(variance + epsilon) + beta}.
 *
 * <p>{@code x: any shape -> y: the same}. Mean and biased variance are those of a group's channels,
 * over all other axes but the batch. Gamma and beta have one number for each channel. Computes in
 * x's own type, in float32 at least. Passes the mask on, but counts all steps. Source: {@code
 * keras.layers.GroupNormalization}; Wu and He, "Group Normalization", 2018.
 */
public final class GroupNormalization extends SampleNormalizationLayer<GroupNormalization> {
  private final Config config;

  /**
   * The description of a {@link GroupNormalization}.
   *
   * @param groups how many groups of channels there are, a divisor of their number; -1 for one
   *     group for each channel
   * @param axis the axis of the channels; negative ones count from the end
   * @param epsilon what is added to the variance
   * @param center whether beta is added
   * @param scale whether gamma multiplies
   */
  public record Config(
      LayerOptions options,
      int groups,
      int axis,
      double epsilon,
      boolean center,
      boolean scale,
      Initializer betaInitializer,
      Initializer gammaInitializer,
      Regularizer betaRegularizer,
      Regularizer gammaRegularizer,
      Constraint betaConstraint,
      Constraint gammaConstraint)
      implements NormalizationLayer.Normalization {
    /** Checks the numbers. */
    public Config {
      Check.that(
          groups > 0 || groups == -1,
          "groups: expected a positive integer, or -1 for a group of each channel, got %d",
          groups);
      checkEpsilon(epsilon);
    }
  }

  private GroupNormalization(Config config) {
    super(config, GroupNormalization::new);
    this.config = config;
  }

  /** Returns a layer with Keras's defaults: 32 groups of channels in the last axis. */
  public static GroupNormalization of() {
    return of(32);
  }

  /**
   * Returns a layer for channels in the last axis.
   *
   * @param groups how many groups there are, a divisor of the number of channels; -1 for one group
   *     for each channel
   */
  public static GroupNormalization of(int groups) {
    return new GroupNormalization(
        new Config(
            LayerOptions.DEFAULT,
            groups,
            -1,
            1e-3,
            true,
            true,
            zeros(),
            ones(),
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            Constraint.NONE));
  }

  /** Sets the axis of the channels; default -1, the last. */
  public GroupNormalization axis(int a) {
    return with("axis", a);
  }

  @Override
  public Config config() {
    return config;
  }

  private int axis(Shape in) {
    return Check.axis("axis", config.axis, in.numDimensions());
  }

  @Override
  protected Shape outputShape(Shape in) {
    long channels = in.get(axis(in));
    if (channels < 0) {
      throw new ShapeException(
          "axis: the channels must have a known size, but axis "
              + config.axis
              + " of "
              + TensorSpec.text(in)
              + " has none");
    }
    if (config.groups > 0 && channels % config.groups != 0) {
      throw new ShapeException(
          "groups: expected a divisor of the " + channels + " channels, got " + config.groups);
    }
    return in;
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    return gammaAndBeta(Shape.of(in.get(axis(in))));
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> in) {
    Ops tf = call.tf();
    DType type = Numbers.dtype(in);
    int axis = axis(in.shape());
    Operand<TNumber> x = wide(tf, grouped(tf, in, axis));
    int[] others = IntStream.range(1, x.shape().numDimensions()).filter(i -> i != axis).toArray();
    Operand<TNumber> y = normalized(call, x, Moments.of(tf, x, others), new int[] {axis, axis + 1});
    // as in Keras, by way of the input's own type
    Operand<TNumber> own = Numbers.cast(tf, tf.reshape(y, tf.shape(in)), type);
    return Numbers.cast(tf, own, call.dtype());
  }

  /** Returns x with groups and their channels as two axes in place of one. */
  private Operand<TNumber> grouped(Ops tf, Operand<TNumber> x, int axis) {
    int channels = (int) x.shape().get(axis);
    int groups = config.groups < 0 ? channels : config.groups;
    List<Operand<TInt32>> sizes = new ArrayList<>(Dims.sizes(tf, x, 0));
    sizes.set(axis, tf.constant(channels / groups));
    sizes.add(axis, tf.constant(groups));
    return tf.reshape(x, Dims.stack(tf, sizes));
  }
}
