package dev.ibex.layers;

import dev.ibex.activations.Activations;
import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.core.Sum;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * {@code y = exp(x) / sum(exp(x))} along one axis or several together; 0 where the mask does not
 * count.
 *
 * <p>{@code x: any shape -> y: the same}. The mask, of x's rank or less, is broadcast against x; a
 * number counts if it is above one half. Passes the mask on that came with x, not one that was
 * given as the argument {@code mask}. Source: {@code keras.layers.Softmax}.
 */
public final class Softmax extends UnaryLayer implements Configurable<Softmax> {
  private final Config config;

  /**
   * The description of a {@link Softmax}.
   *
   * @param axis one axis or several, from the front or, negative, from the end
   */
  public record Config(LayerOptions options, List<Integer> axis) implements LayerConfig {
    /** Checks that there is an axis. */
    public Config {
      Check.that(!axis.isEmpty(), "axis: expected an axis, got none");
    }
  }

  private Softmax(Config config) {
    super(config, Softmax::new);
    this.config = config;
  }

  /** Returns a layer along the last axis. */
  public static Softmax of() {
    return new Softmax(new Config(LayerOptions.DEFAULT, List.of(-1)));
  }

  /** Sets the axes whose elements together sum to 1; default -1, the last. */
  public Softmax axis(int... axes) {
    return with("axis", Arrays.stream(axes).boxed().toList());
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    Axes.of("axis", config.axis, in.numDimensions());
    return in;
  }

  @Override
  protected boolean usesMask() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    if (call.mask(0).isEmpty()) {
      return softmax(tf, x);
    }
    Operand<TBool> counts = counts(call, call.mask(0).get(), x.shape());
    double low = call.dtype() == DType.FLOAT16 ? -3e4 : -1e9;
    Operand<TNumber> y = softmax(tf, tf.select(counts, x, call.constant(low)));
    return tf.select(counts, y, call.constant(0)); // where nothing counts, y is uniform
  }

  private static Operand<TBool> counts(Call call, Operand<?> mask, Shape in) {
    if (!Shapes.broadcastsTo(mask.shape(), in)) {
      throw new ShapeException(
          "the mask "
              + TensorSpec.text(mask.shape())
              + " cannot be broadcast to the input "
              + TensorSpec.text(in));
    }
    Operand<TNumber> half = Numbers.constant(call.tf(), DType.FLOAT32, 0.5);
    return Numbers.dtype(mask) == DType.BOOL
        ? Numbers.as(mask)
        : call.tf().math.greater(Numbers.cast(call.tf(), mask, DType.FLOAT32), half);
  }

  private Operand<TNumber> softmax(Ops tf, Operand<TNumber> x) {
    if (config.axis.size() == 1) {
      return Activations.softmax(config.axis.get(0)).apply(tf, x);
    }
    Operand<TInt32> axes = tf.constant(Axes.of("axis", config.axis, x.shape().numDimensions()));
    Operand<TNumber> largest = tf.stopGradient(tf.max(x, axes, Max.keepDims(true)));
    Operand<TNumber> exp = tf.math.exp(tf.math.sub(x, largest));
    return tf.math.div(exp, tf.sum(exp, axes, Sum.keepDims(true)));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
