package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import dev.ibex.graph.Array;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * {@code y = x · scale + offset}: {@code Rescaling.of(1 / 255.0)} brings bytes to [0, 1], {@code
 * Rescaling.of(1 / 127.5).offset(-1)} to [-1, 1].
 *
 * <p>{@code x: any shape -> y: the same}; whole numbers become the compute type. Passes the mask
 * on. Source: {@code keras.layers.Rescaling}.
 */
public final class Rescaling extends UnaryLayer implements Configurable<Rescaling> {
  private final Config config;

  /**
   * The description of a {@link Rescaling}.
   *
   * @param scale the factor, or one for each channel
   * @param offset what is added after, or one for each channel
   */
  public record Config(LayerOptions options, Array scale, Array offset) implements LayerConfig {}

  private Rescaling(Config config) {
    super(config, Rescaling::new);
    this.config = config;
  }

  /**
   * Returns a layer that adds nothing.
   *
   * @param scale the factor
   */
  public static Rescaling of(double scale) {
    return of(Array.of(Shape.scalar(), scale));
  }

  /**
   * Returns a layer that adds nothing.
   *
   * @param scales the factor of each channel, the last axis
   */
  public static Rescaling of(double[] scales) {
    return of(Array.of(scales));
  }

  private static Rescaling of(Array scale) {
    return new Rescaling(new Config(LayerOptions.DEFAULT, scale, Array.of(Shape.scalar(), 0.0)));
  }

  /** Sets what is added after; default 0. */
  public Rescaling offset(double o) {
    return with("offset", Array.of(Shape.scalar(), o));
  }

  /** Sets what is added after to each channel, the last axis; default 0. */
  public Rescaling offset(double[] offsets) {
    return with("offset", Array.of(offsets));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    check("scale", config.scale.shape(), in);
    check("offset", config.offset.shape(), in);
    return in;
  }

  /** What is broadcast must not make the input larger. */
  private static void check(String name, Shape numbers, Shape in) {
    int less = in.numDimensions() - numbers.numDimensions();
    boolean fits = less >= 0;
    for (int i = 0; fits && i < numbers.numDimensions(); i++) {
      long size = in.get(i + less);
      fits = numbers.get(i) == 1 || size < 0 || numbers.get(i) == size;
    }
    if (!fits) {
      throw new ShapeException(
          name
              + ": numbers of shape "
              + TensorSpec.text(numbers)
              + " do not fit the last axes of the input "
              + TensorSpec.text(in));
    }
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    return tf.math.add(tf.math.mul(x, call.constant(config.scale)), call.constant(config.offset));
  }

  @Override
  protected boolean passesMask() {
    return true;
  }
}
