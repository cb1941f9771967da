package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Configurable;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.UnaryLayer;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The mean over the steps; with a mask, over the steps that count.
 *
 * <p>{@code x: [batch, steps, channels] -> y: [batch, channels]}. Where no step counts, y is not a
 * number, as in Keras. Uses the mask up. Source: {@code keras.layers.GlobalAveragePooling1D}.
 */
public final class GlobalAveragePooling1D extends UnaryLayer
    implements Configurable<GlobalAveragePooling1D> {
  private final Config config;

  /**
   * The description of a {@link GlobalAveragePooling1D}.
   *
   * @param dataFormat where the channels are
   * @param keepdims whether the axis of the steps stays, with size 1
   */
  public record Config(LayerOptions options, DataFormat dataFormat, boolean keepdims)
      implements LayerConfig {}

  private GlobalAveragePooling1D(Config config) {
    super(config, GlobalAveragePooling1D::new);
    this.config = config;
  }

  /** Returns a layer for channels last. */
  public static GlobalAveragePooling1D of() {
    return new GlobalAveragePooling1D(
        new Config(LayerOptions.DEFAULT, DataFormat.CHANNELS_LAST, false));
  }

  /** Sets where the channels are; default last. */
  public GlobalAveragePooling1D dataFormat(DataFormat f) {
    return with("dataFormat", f);
  }

  /** Sets whether the axis of the steps stays, with size 1; default false. */
  public GlobalAveragePooling1D keepdims(boolean on) {
    return with("keepdims", on);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    if (in.numDimensions() != 3) {
      throw new ShapeException("expected an input of rank 3, got " + TensorSpec.text(in));
    }
    Shape one = config.keepdims ? Shape.of(1) : Shape.scalar();
    int steps = config.dataFormat.firstSpatialAxis();
    return in.take(steps).append(one).append(in.takeLast(2 - steps));
  }

  @Override
  protected boolean usesMask() {
    return true;
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    Operand<TInt32> steps = tf.constant(config.dataFormat.firstSpatialAxis());
    if (call.mask(0).isEmpty()) {
      return tf.math.mean(x, steps, Mean.keepDims(config.keepdims));
    }
    int channels = config.dataFormat.channelAxis(3);
    Operand<TBool> counts = tf.expandDims(call.mask(0).get(), tf.constant(channels));
    Operand<TNumber> sum =
        tf.sum(tf.select(counts, x, call.constant(0)), steps, Sum.keepDims(config.keepdims));
    Operand<TNumber> count =
        tf.sum(Numbers.cast(tf, counts, call.dtype()), steps, Sum.keepDims(config.keepdims));
    return tf.math.div(sum, count);
  }
}
