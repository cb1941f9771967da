package dev.ibex.layers;

import dev.ibex.core.Layer;
import java.util.List;

/**
 * The options of layers that move windows over images.
 *
 * @param <L> the layer's own class, a {@link ConfiguredLayer}
 */
interface Windowed2D<L extends Layer> extends Windowed<L> {
  /** Sets the steps between windows; default 1, in pooling the window's size. */
  default L strides(int rows, int columns) {
    return ConfiguredLayer.changed(this, "strides", List.of(rows, columns));
  }
}
