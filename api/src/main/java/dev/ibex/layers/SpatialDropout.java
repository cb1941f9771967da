package dev.ibex.layers;

import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import java.util.Arrays;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * A {@link NoiseLayer} that drops whole channels of a sample.
 *
 * @param <L> the layer's own class
 */
abstract class SpatialDropout<L extends Layer> extends NoiseLayer<L> {
  private final DataFormat format;
  private final int axes;

  /** The components that the layer's record has for this. */
  interface Dropping extends NoiseLayer.Noise {
    double rate();
  }

  <C extends Dropping> SpatialDropout(C config, Function<C, L> copy, DataFormat format, int axes) {
    super(config, copy, config.rate());
    this.format = format;
    this.axes = axes;
  }

  @Override
  protected final Shape outputShape(Shape in) {
    return format.checked(in, axes);
  }

  @Override
  final Operand<TNumber> noisy(Call call, Operand<TNumber> x) {
    long[] noise = new long[axes + 2];
    Arrays.fill(noise, 1);
    noise[0] = -1;
    noise[format.channelAxis(noise.length)] = -1;
    return dropped(call, x, Shape.of(noise));
  }
}
