package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * One number for each of a fixed number of bins, channel by channel.
 *
 * @param <L> the layer's own class
 */
abstract class AdaptivePoolingLayer<L extends Layer> extends ConfiguredLayer<L>
    implements Channeled<L> {
  private final Config config;
  private final String op;

  /**
   * The description of an adaptive pooling layer; a list of one size stands for all axes.
   *
   * @param outputSize how many bins there are along each axis between batch and channels
   * @param dataFormat where the channels are
   */
  public record Config(LayerOptions options, List<Integer> outputSize, DataFormat dataFormat)
      implements LayerConfig {
    /** Channels last. */
    static Config of(Integer... outputSize) {
      return new Config(LayerOptions.DEFAULT, List.of(outputSize), DataFormat.CHANNELS_LAST);
    }
  }

  /**
   * Creates a layer.
   *
   * @param op TensorFlow's op for images
   * @param axes how many axes lie between batch and channels
   */
  AdaptivePoolingLayer(String op, int axes, Config given, Function<Config, L> copy) {
    super(given, copy);
    this.op = op;
    this.config =
        new Config(
            given.options, Windows.sizes("outputSize", given.outputSize, axes), given.dataFormat);
  }

  @Override
  public Config config() {
    return config;
  }

  @Override
  protected Shape outputShape(Shape in) {
    long[] dims = config.dataFormat.checked(in, config.outputSize.size()).asArray();
    for (int i = 0; i < config.outputSize.size(); i++) {
      int axis = config.dataFormat.firstSpatialAxis() + i;
      if (dims[axis] < 0) {
        throw new ShapeException(
            "the bins depend on the size of axis "
                + axis
                + ", which is unknown: "
                + TensorSpec.text(in)
                + "; give the axis a size where the model starts");
      }
      dims[axis] = config.outputSize.get(i);
    }
    return Shape.of(dims);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    outputShape(x.shape()); // here too the sizes must be known
    return new Windows(
            config.outputSize,
            config.outputSize,
            Collections.nCopies(config.outputSize.size(), 1),
            Padding.VALID,
            config.dataFormat)
        .apply(call.tf(), x, last -> pool(call.tf(), last));
  }

  /** Along one axis after the other, as Keras does. */
  private Operand<TNumber> pool(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> y = x;
    int axes = config.outputSize.size();
    for (int i = 0; i < axes; i++) {
      int axis = x.shape().numDimensions() - 1 - axes + i;
      y = new Bins((int) x.shape().get(axis), config.outputSize.get(i)).pool(tf, op, y, axis);
    }
    return y;
  }
}
