package dev.ibex.layers;

import dev.ibex.core.Configurable;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import java.util.List;
import java.util.function.Function;

/**
 * A layer around one layer, with one tensor in and one out.
 *
 * @param <L> the layer's own class
 */
abstract class WrapperLayer<L extends Layer> extends Layer implements Configurable<L> {
  /** The name of the layer inside, in files too. */
  static final String INNER = "layer";

  private final Layer inner;

  /** The components that the layer's record has for this. */
  interface Wrapper extends LayerConfig {
    Layer layer();
  }

  <C extends Wrapper> WrapperLayer(C config, Function<C, L> copy) {
    super(config, copy);
    this.inner = config.layer();
  }

  /** Returns a layer that starts out trainable or frozen, and with it the layer inside. */
  @Override
  public L trainable(boolean on) {
    L wrapper = Configurable.super.trainable(on);
    if (on) {
      inner.unfreeze();
    } else {
      inner.freeze();
    }
    return wrapper;
  }

  @Override
  public final List<Layer> children() {
    return List.of(inner);
  }

  @Override
  protected final String childName(Layer child) {
    return INNER;
  }

  /** Returns the only input. */
  static TensorSpec input(List<TensorSpec> inputs) {
    if (inputs.size() != 1) {
      throw new ShapeException("expected one input, got " + inputs.size());
    }
    return inputs.get(0);
  }

  /** Returns the only output of the layer inside, which is built for the input. */
  final TensorSpec inside(TensorSpec input) {
    List<TensorSpec> outputs = inner.build(List.of(input));
    if (outputs.size() != 1) {
      throw new ShapeException(
          "the layer inside must have one output, but " + inner.label() + " has " + outputs.size());
    }
    return outputs.get(0);
  }
}
