package dev.ibex.layers;

import dev.ibex.core.Layer;
import java.util.List;

/**
 * The option of layers whose windows may have gaps.
 *
 * @param <L> the layer's own class, a {@link ConfiguredLayer}
 */
interface Dilated<L extends Layer> extends Windowed<L> {
  /** Sets the step inside a window, the same along all axes; default 1. */
  default L dilationRate(int all) {
    return ConfiguredLayer.changed(this, "dilationRate", List.of(all));
  }
}
