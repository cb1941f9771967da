package dev.ibex.layers;

import dev.ibex.core.Activation;
import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import java.util.function.Function;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/**
 * An activation function as a layer: passes the mask on.
 *
 * @param <L> the layer's own class
 */
abstract class FunctionLayer<L extends Layer> extends ConfiguredLayer<L> {
  private final Activation function;

  <C extends LayerConfig> FunctionLayer(C config, Function<C, L> copy, Activation function) {
    super(config, copy);
    this.function = function;
  }

  @Override
  protected final Shape outputShape(Shape in) {
    return function.outputShape(in);
  }

  @Override
  protected final Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return function.apply(call.tf(), x);
  }

  @Override
  protected final boolean passesMask() {
    return true;
  }
}
