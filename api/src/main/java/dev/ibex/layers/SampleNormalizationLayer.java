package dev.ibex.layers;

import dev.ibex.core.Layer;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A {@link NormalizationLayer} by the statistics of each sample. As in Keras, the input's own type
 * decides what is computed in, not the policy.
 *
 * @param <L> the layer's own class
 */
abstract class SampleNormalizationLayer<L extends Layer> extends NormalizationLayer<L> {
  <C extends NormalizationLayer.Normalization> SampleNormalizationLayer(
      C config, Function<C, L> copy) {
    super(config, copy);
  }

  /** Returns x in its own type, in float32 at least. */
  static Operand<TNumber> wide(Ops tf, Operand<TNumber> x) {
    DType type = Numbers.dtype(x);
    return Numbers.cast(tf, x, type.isFloating() ? type.atLeastFloat32() : DType.FLOAT32);
  }

  @Override
  protected final boolean autocasts() {
    return false;
  }

  @Override
  protected final boolean anyDType() {
    return true;
  }

  @Override
  protected final DType outputDType(DType in) {
    return dtype().computeDType();
  }
}
