package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Joins all axes but the batch's into one: {@code x: [batch, a, b, …] -> y: [batch, a · b · …]}.
 *
 * <p>A vector gets an axis of size 1. Keeps the type; drops the mask. Source: {@code
 * keras.layers.Flatten}.
 */
public final class Flatten extends ConfiguredLayer<Flatten> implements Channeled<Flatten> {
  private final Config config;

  /**
   * The description of a {@link Flatten}.
   *
   * @param dataFormat where the channels are; they are moved last before the axes are joined
   */
  public record Config(LayerOptions options, DataFormat dataFormat) implements LayerConfig {}

  private Flatten(Config config) {
    super(config, Flatten::new);
    this.config = config;
  }

  /** Returns a layer for channels last. */
  public static Flatten of() {
    return new Flatten(new Config(LayerOptions.DEFAULT, DataFormat.CHANNELS_LAST));
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    if (in.numDimensions() == 0) {
      throw new ShapeException("expected an input with a batch axis, got ()");
    }
    return Shape.of(in.get(0), Shapes.product(in, 1));
  }

  @Override
  protected boolean anyDType() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    int width = (int) Shapes.product(x.shape(), 1);
    Operand<TNumber> last = config.dataFormat.toLast(tf, x);
    if (width > 0) {
      return tf.reshape(last, tf.constant(new int[] {-1, width}));
    }
    Operand<TInt32> batch =
        tf.slice(tf.shape(x), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return tf.reshape(
        last, tf.concat(List.of(batch, tf.constant(new int[] {width})), tf.constant(0)));
  }
}
