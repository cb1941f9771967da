package dev.ibex.savedmodel.keras;

import dev.ibex.savedmodel.hdf5.Hdf5Content;
import dev.ibex.savedmodel.hdf5.Hdf5Dataset;
import dev.ibex.savedmodel.hdf5.Hdf5Group;
import dev.ibex.savedmodel.hdf5.Hdf5Node;
import dev.ibex.savedmodel.weights.StoredArray;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Keras 3's weights in HDF5. */
final class HdfWeights {
  private static final String VARS = "vars";
  private static final String LAYERS = "layers";

  private HdfWeights() {}

  /** Returns whether a file is of Keras 3, and not of Keras 2 or of something else. */
  static boolean isOne(Hdf5Group root) {
    return Stream.of(VARS, LAYERS, FormerLayers.NAME, "optimizer")
        .anyMatch(name -> root.group(name).isPresent());
  }

  /** Returns what lies in a file, which must stay open while it is read. */
  static StoredWeights read(Hdf5Group root) {
    StoredWeights weights = StoredWeights.empty();
    collect(root, "", weights);
    return weights;
  }

  /**
   * Adds what lies in a group.
   *
   * @param path where the group would be in a file of today
   */
  private static void collect(Hdf5Group group, String path, StoredWeights weights) {
    for (Map.Entry<String, Hdf5Node> child : group.children().entrySet()) {
      String name = child.getKey();
      if (child.getValue() instanceof Hdf5Dataset d) {
        weights.arrays().put(path + name, new StoredArray(d.shape(), d.dtype(), d::read));
      } else if (child.getValue() instanceof Hdf5Group inner) {
        if (name.equals(FormerLayers.NAME)) {
          FormerLayers.today(groups(inner))
              .forEach((now, layer) -> collect(layer, path + LAYERS + "/" + now + "/", weights));
          continue;
        } else if (name.equals(VARS)) {
          inner.text("name").ifPresent(owner -> weights.names().put(path, owner));
        }
        collect(inner, path + name + "/", weights);
      }
    }
  }

  private static Map<String, Hdf5Group> groups(Hdf5Group group) {
    Map<String, Hdf5Group> groups = new TreeMap<>();
    group
        .children()
        .forEach(
            (name, node) -> {
              if (node instanceof Hdf5Group inner) {
                groups.put(name, inner);
              }
            });
    return groups;
  }

  /** Returns the content of a file. */
  static Hdf5Content write(WeightContent weights) {
    Hdf5Content content = new Hdf5Content();
    weights
        .names()
        .forEach(
            (owner, name) -> {
              content.group(owner + VARS);
              content.attribute(owner + VARS, "name", name);
            });
    weights.arrays().forEach(content::dataset);
    return content;
  }
}
