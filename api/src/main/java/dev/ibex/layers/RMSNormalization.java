package dev.ibex.layers;

import static dev.ibex.initializers.Initializers.ones;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.family.TNumber;

/**
 * Gives each sample the mean square 1 along some axes: {@code y = x / sqrt(mean(x²) + epsilon) ·
 * scale}.
 *
 * <p>{@code x: any shape -> y: the same}. The weight {@code scale} has the sizes of these axes in
 * ascending order, and is matched with the last axes of x, as in Keras. Computes in float32 at
 * least. As in Keras, no mask comes out. Source: {@code keras.layers.RMSNormalization}; Zhang and
 * Sennrich, "Root Mean Square Layer Normalization", 2019.
 */
public final class RMSNormalization extends UnaryLayer implements Configurable<RMSNormalization> {
  private static final String SCALE = "scale";

  private final Config config;

  /**
   * The description of an {@link RMSNormalization}.
   *
   * @param axis one axis or several; negative ones count from the end
   * @param epsilon what is added to the mean square
   */
  public record Config(LayerOptions options, List<Integer> axis, double epsilon)
      implements LayerConfig {
    /** Checks the axes and the number. */
    public Config {
      Check.that(!axis.isEmpty(), "axis: expected an axis, got none");
      NormalizationLayer.checkEpsilon(epsilon);
      axis = axis.stream().sorted().toList(); // so does Keras, and the weight's axes follow it
    }
  }

  private RMSNormalization(Config config) {
    super(config, RMSNormalization::new);
    this.config = config;
  }

  /** Returns a layer with Keras's defaults, along the last axis. */
  public static RMSNormalization of() {
    return new RMSNormalization(new Config(LayerOptions.DEFAULT, List.of(-1), 1e-6));
  }

  /** Sets the axes along which the mean is taken; default -1, the last. */
  public RMSNormalization axis(int... axes) {
    return with("axis", Arrays.stream(axes).boxed().toList());
  }

  /** Sets what is added to the mean square; default 0.000001. */
  public RMSNormalization epsilon(double e) {
    return with("epsilon", e);
  }

  @Override
  public Config config() {
    return config;
  }

  private int[] axes(Shape in) {
    return Axes.of("axis", config.axis, in.numDimensions());
  }

  private Shape scale(Shape in) {
    return Shape.of(Arrays.stream(axes(in)).mapToLong(in::get).toArray());
  }

  @Override
  protected Shape outputShape(Shape in) {
    Shape scale = scale(in);
    if (!Shapes.broadcastsTo(scale, in)) {
      throw new ShapeException(
          "axis: Keras matches the scale, here of shape "
              + TensorSpec.text(scale)
              + ", with the last axes of the input, which it does not fit: "
              + TensorSpec.text(in)
              + "; normalize along the last axes, or permute the input");
    }
    return in;
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    return List.of(WeightSpec.of(SCALE, scale(in), ones()));
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> in) {
    Ops tf = call.tf();
    DType type = call.dtype().atLeastFloat32();
    Operand<TNumber> x = Numbers.cast(tf, in, type);
    Operand<TNumber> square =
        tf.math.mean(tf.math.square(x), tf.constant(axes(x.shape())), Mean.keepDims(true));
    Operand<TNumber> inverse =
        tf.math.rsqrt(tf.math.add(square, Numbers.constant(tf, x, config.epsilon)));
    // the weight comes rounded to the compute type
    Operand<TNumber> scale = Numbers.cast(tf, call.weight(SCALE), type);
    return Numbers.cast(tf, tf.math.mul(tf.math.mul(x, inverse), scale), call.dtype());
  }
}
