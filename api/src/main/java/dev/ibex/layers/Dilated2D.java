package dev.ibex.layers;

import dev.ibex.core.Layer;
import java.util.List;

/**
 * The options of layers whose windows over images may have gaps.
 *
 * @param <L> the layer's own class, a {@link ConfiguredLayer}
 */
interface Dilated2D<L extends Layer> extends Dilated<L>, Windowed2D<L> {
  /** Sets the steps inside a window; default 1. */
  default L dilationRate(int rows, int columns) {
    return ConfiguredLayer.changed(this, "dilationRate", List.of(rows, columns));
  }
}
