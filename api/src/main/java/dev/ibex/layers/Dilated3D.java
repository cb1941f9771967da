package dev.ibex.layers;

import dev.ibex.core.Layer;
import java.util.List;

/**
 * The options of layers whose windows over volumes may have gaps.
 *
 * @param <L> the layer's own class, a {@link ConfiguredLayer}
 */
interface Dilated3D<L extends Layer> extends Dilated<L>, Windowed3D<L> {
  /** Sets the steps inside a window; default 1. */
  default L dilationRate(int slices, int rows, int columns) {
    return ConfiguredLayer.changed(this, "dilationRate", List.of(slices, rows, columns));
  }
}
