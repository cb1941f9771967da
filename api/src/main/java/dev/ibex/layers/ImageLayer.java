package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Images of another size. An input of rank 3 is one image, as in Keras: what is the batch elsewhere
 * is its first axis.
 *
 * @param <L> the layer's own class
 */
abstract class ImageLayer<L extends Layer> extends ConfiguredLayer<L> implements Channeled<L> {
  private final Sized config;

  /** The components of each record. */
  interface Sized extends LayerConfig {
    int height();

    int width();

    DataFormat dataFormat();
  }

  <C extends Sized> ImageLayer(C config, Function<C, L> copy) {
    super(config, copy);
    this.config = config;
  }

  /** Checks the sizes. */
  static void check(int height, int width) {
    Check.positive("height", height);
    Check.positive("width", width);
  }

  /** Emits images of the new size, with channels last, from such images. */
  abstract Operand<TNumber> resized(Call call, Operand<TNumber> images);

  /** Returns the axis of the rows; that of the columns follows. */
  final int rows(Shape in) {
    return in.numDimensions() - (config.dataFormat() == DataFormat.CHANNELS_LAST ? 3 : 2);
  }

  @Override
  protected final Shape outputShape(Shape in) {
    boolean last = config.dataFormat() == DataFormat.CHANNELS_LAST;
    if (in.numDimensions() != 3 && in.numDimensions() != 4) {
      throw new ShapeException(
          "expected images of rank 4 "
              + (last ? "[batch, height, width, channels]" : "[batch, channels, height, width]")
              + " or one of rank 3, got "
              + TensorSpec.text(in));
    }
    long[] dims = in.asArray();
    dims[rows(in)] = config.height();
    dims[rows(in) + 1] = config.width();
    return Shape.of(dims);
  }

  @Override
  protected final Operand<TNumber> call(Call call, Operand<TNumber> x) {
    Ops tf = call.tf();
    boolean one = x.shape().numDimensions() == 3;
    Operand<TNumber> images = one ? tf.expandDims(x, tf.constant(0)) : x;
    Operand<TNumber> y =
        config.dataFormat().fromLast(tf, resized(call, config.dataFormat().toLast(tf, images)));
    // also without the batch of the one image, and with the sizes that a cut or an edge hides
    return tf.reshape(y, Dims.of(tf, x, outputShape(x.shape())));
  }
}
