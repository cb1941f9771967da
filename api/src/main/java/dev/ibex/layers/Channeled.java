package dev.ibex.layers;

import dev.ibex.core.Layer;

/**
 * The option of layers that tell channels from other axes.
 *
 * @param <L> the layer's own class, a {@link ConfiguredLayer}
 */
interface Channeled<L extends Layer> {
  /** Sets where the channels are; default last. */
  default L dataFormat(DataFormat f) {
    return ConfiguredLayer.changed(this, "dataFormat", f);
  }
}
