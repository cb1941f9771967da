package dev.ibex.layers;

import dev.ibex.core.Layer;
import java.util.List;

/**
 * The options of layers that move windows over an input.
 *
 * @param <L> the layer's own class, a {@link ConfiguredLayer}
 */
interface Windowed<L extends Layer> extends Channeled<L> {
  /**
   * Sets the step between windows, the same along all axes; default 1, in pooling the window's
   * size.
   */
  default L strides(int all) {
    return ConfiguredLayer.changed(this, "strides", List.of(all));
  }

  /** Sets what is beyond the edges; default {@link Padding#VALID}. In pooling it never counts. */
  default L padding(Padding p) {
    return ConfiguredLayer.changed(this, "padding", p);
  }
}
