package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.ones;
import static dev.ibex.initializers.Initializers.zeros;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Constraint;
import dev.ibex.core.Initializer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Regularizer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Gives each sample mean 0 and variance 1 along some axes: {@code y = gamma · (x - mean) /
 * sqrt(variance + epsilon) + beta}.
 *
 * <p>{@code x: any shape -> y: the same}. Gamma and beta have the sizes of these axes. The variance
 * is the biased one. Computes in x's own type, in float32 at least. Passes the mask on. Source:
 * {@code keras.layers.LayerNormalization}; Ba et al., "Layer Normalization", 2016.
 */
public final class LayerNormalization extends SampleNormalizationLayer<LayerNormalization> {
  private final Config config;

  /**
   * The description of a {@link LayerNormalization}.
   *
   * @param axis one axis or several; negative ones count from the end
   * @param epsilon what is added to the variance
   * @param center whether beta is added
   * @param scale whether gamma multiplies
   * @param rmsScaling whether x is divided by the root of the variance but keeps its mean; then
   *     there is always a gamma and never a beta
   */
  public record Config(
      LayerOptions options,
      List<Integer> axis,
      double epsilon,
      boolean center,
      boolean scale,
      boolean rmsScaling,
      Initializer betaInitializer,
      Initializer gammaInitializer,
      Regularizer betaRegularizer,
      Regularizer gammaRegularizer,
      Constraint betaConstraint,
      Constraint gammaConstraint)
      implements NormalizationLayer.Normalization {
    /** Checks the numbers. */
    public Config {
      Check.that(!axis.isEmpty(), "axis: expected an axis, got none");
      checkEpsilon(epsilon);
      axis = axis.stream().sorted().toList(); // so does Keras, and the weights' axes follow it
    }
  }

  private LayerNormalization(Config config) {
    super(config, LayerNormalization::new);
    this.config = config;
  }

  /** Returns a layer with Keras's defaults, along the last axis. */
  public static LayerNormalization of() {
    return new LayerNormalization(
        new Config(
            LayerOptions.DEFAULT,
            List.of(-1),
            1e-3,
            true,
            true,
            false,
            zeros(),
            ones(),
            Regularizer.NONE,
            Regularizer.NONE,
            Constraint.NONE,
            Constraint.NONE));
  }

  /** Sets the axes along which a sample is normalized; default -1, the last. */
  public LayerNormalization axis(int... axes) {
    return with("axis", Arrays.stream(axes).boxed().toList());
  }

  /**
   * Sets whether x is divided by the root of its variance but keeps its mean, which Keras calls
   * deprecated; default false.
   */
  public LayerNormalization rmsScaling(boolean on) {
    return with("rmsScaling", on);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  boolean hasGamma() {
    return config.scale || config.rmsScaling;
  }

  @Override
  boolean hasBeta() {
    return config.center && !config.rmsScaling;
  }

  @Override
  protected Shape outputShape(Shape in) {
    Axes.of("axis", config.axis, in.numDimensions());
    return in;
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    int[] axes = Axes.of("axis", config.axis, in.numDimensions());
    return gammaAndBeta(Shape.of(Arrays.stream(axes).mapToLong(in::get).toArray()));
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> in) {
    Ops tf = call.tf();
    Operand<TNumber> x = wide(tf, in);
    int[] axes = Axes.of("axis", config.axis, x.shape().numDimensions());
    Moments moments = Moments.of(tf, x, axes);
    Operand<TNumber> y =
        config.rmsScaling
            ? tf.math.mul(
                tf.math.mul(x, inverse(tf, moments.variance())), along(call, x, "gamma", axes))
            : normalized(call, x, moments, axes);
    return Numbers.cast(tf, y, call.dtype());
  }
}
