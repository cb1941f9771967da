package dev.ibex.savedmodel;

import dev.ibex.core.Layer;
import dev.ibex.core.LayerProvider;
import java.util.Map;
import java.util.Set;

/** Makes {@link SavedModelLayer} known to files; for the service loader. */
public final class SavedModelLayers implements LayerProvider {
  /** Creates the provider; for the service loader. */
  public SavedModelLayers() {}

  @Override
  public Map<Layer, Set<String>> prototypes() {
    return Map.of(SavedModelLayer.prototype(), Set.of("filepath"));
  }
}
