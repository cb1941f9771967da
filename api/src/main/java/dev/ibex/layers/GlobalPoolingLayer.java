package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.graph.Numbers;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.math.Mean;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * One number for all values of a channel.
 *
 * @param <L> the layer's own class
 */
abstract class GlobalPoolingLayer<L extends Layer> extends ConfiguredLayer<L>
    implements Channeled<L> {
  private final Config config;
  private final int axes;

  /**
   * The description of a global pooling layer.
   *
   * @param dataFormat where the channels are
   * @param keepdims whether the axes that are pooled stay, with size 1
   */
  public record Config(LayerOptions options, DataFormat dataFormat, boolean keepdims)
      implements LayerConfig {
    /** Channels last; the axes go. */
    static final Config DEFAULT = new Config(LayerOptions.DEFAULT, DataFormat.CHANNELS_LAST, false);
  }

  /**
   * Creates a layer.
   *
   * @param axes how many axes lie between batch and channels
   */
  GlobalPoolingLayer(int axes, Config config, Function<Config, L> copy) {
    super(config, copy);
    this.axes = axes;
    this.config = config;
  }

  /** Sets whether the axes that are pooled stay, with size 1; default false. */
  public L keepdims(boolean on) {
    return with("keepdims", on);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    config.dataFormat.checked(in, axes);
    Shape ones = Shape.of(LongStream.generate(() -> 1).limit(config.keepdims ? axes : 0).toArray());
    int first = config.dataFormat.firstSpatialAxis();
    return in.take(first).append(ones).append(in.takeLast(2 - first));
  }

  /** Returns the axes that are pooled. */
  final Operand<TInt32> pooled(Ops tf) {
    return tf.constant(config.dataFormat.spatialAxes(axes + 2));
  }

  /** Emits the mean, summed in float32 at least, as Keras sums it. */
  final Operand<TNumber> mean(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    Operand<TNumber> wide = Numbers.cast(tf, x, call.dtype().atLeastFloat32());
    return Numbers.cast(
        tf, tf.math.mean(wide, pooled(tf), Mean.keepDims(config.keepdims)), call.dtype());
  }

  /** Emits the largest value. */
  final Operand<TNumber> max(Call call, Operand<TNumber> x) {
    return call.tf().max(x, pooled(call.tf()), Max.keepDims(config.keepdims));
  }
}
