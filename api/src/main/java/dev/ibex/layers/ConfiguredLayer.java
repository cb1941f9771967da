package dev.ibex.layers;

import dev.ibex.core.Configurable;
import dev.ibex.core.Layer;
import dev.ibex.core.LayerConfig;
import dev.ibex.core.UnaryLayer;
import java.util.function.Function;

/**
 * A layer with one tensor in and one out that gets some of its options from interfaces, as layers
 * share options across their bases.
 *
 * @param <L> the layer's own class
 */
abstract class ConfiguredLayer<L extends Layer> extends UnaryLayer implements Configurable<L> {
  <C extends LayerConfig> ConfiguredLayer(C config, Function<C, L> copy) {
    super(config, copy);
  }

  /**
   * Returns a new layer that differs in one component of the config: what an interface's option is.
   */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  static <L extends Layer> L changed(Object layer, String component, Object value) {
    return ((ConfiguredLayer<L>) layer).with(component, value);
  }
}
