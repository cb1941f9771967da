package dev.ibex;

import dev.ibex.core.Check;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerOptions;
import dev.ibex.core.Network;
import dev.ibex.core.SymbolicTensor;
import java.util.List;

/**
 * A model of layers one after the other.
 *
 * <pre>{@code
 * Sequential.of(Input.of(784), Dense.of(512).activation(RELU), Dense.of(10));
 * }</pre>
 *
 * <p>Source: {@code keras.Sequential}.
 */
public final class Sequential extends Model {
  private Sequential(LayerOptions options, Network network) {
    super(options, network);
  }

  /**
   * Returns a model of layers.
   *
   * @param layers an {@link Input} first, then at least one layer
   * @throws dev.ibex.core.ShapeException if a layer does not fit the one before it
   */
  public static Sequential of(Layer... layers) {
    return of("", List.of(layers));
  }

  /** Returns a model of layers with a name of its own, as a layer of another model needs it. */
  public static Sequential of(String name, List<? extends Layer> layers) {
    Check.that(
        layers.size() > 1 && layers.get(0) instanceof Input,
        "layers: expected an Input first, for example Input.of(784), and a layer after it, got %s",
        layers);
    SymbolicTensor in = ((Input) layers.get(0)).symbolic();
    SymbolicTensor out = in;
    for (Layer layer : layers.subList(1, layers.size())) {
      out = layer.apply(out);
    }
    return new Sequential(
        new LayerOptions(name, true, LayerOptions.DEFAULT.dtype()),
        new Network(List.of(in), List.of(out)));
  }

  @Override
  public String className() {
    return "Sequential";
  }

  @Override
  public Sequential seed(long value) {
    super.seed(value);
    return this;
  }

  @Override
  public Sequential device(String name) {
    super.device(name);
    return this;
  }
}
