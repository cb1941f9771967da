package dev.ibex.savedmodel.legacy;

import dev.ibex.savedmodel.hdf5.Hdf5Dataset;
import dev.ibex.savedmodel.hdf5.Hdf5Group;
import dev.ibex.savedmodel.weights.StoredArray;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds weights in {@code .h5} files: a group for each layer, listed in the model's order. */
public final class LayerGroups {
  static final String WHOLE_MODEL = "model_weights";
  static final String LAYERS = "layer_names";
  static final String WEIGHTS = "weight_names";

  /** What belongs to the model itself, and not to a layer. */
  static final String TOP_LEVEL = "top_level_model_weights";

  private LayerGroups() {}

  /** Returns the group with the layers: in a file of a whole model not the root. */
  public static Optional<Hdf5Group> in(Hdf5Group root) {
    return isOne(root) ? Optional.of(root) : root.group(WHOLE_MODEL).filter(LayerGroups::isOne);
  }

  private static boolean isOne(Hdf5Group group) {
    return group.texts(LAYERS).isPresent();
  }

  /** Returns the layers that have weights, in order. */
  static List<LayerGroup> read(Hdf5Group group) {
    List<LayerGroup> layers = new ArrayList<>();
    for (String name : group.texts(LAYERS).orElse(List.of())) {
      List<StoredArray> arrays = arrays(group(group, name));
      if (!arrays.isEmpty()) {
        layers.add(new LayerGroup(name, arrays));
      }
    }
    Optional<Hdf5Group> top = group.group(TOP_LEVEL);
    if (top.isPresent() && !arrays(top.get()).isEmpty()) {
      throw top.get()
          .fail(
              "there are weights that belong to no layer: "
                  + names(top.get())
                  + "; the model was a subclass with weights of its own, which cannot be rebuilt",
              null);
    }
    return layers;
  }

  private static Hdf5Group group(Hdf5Group parent, String name) {
    return parent
        .group(name)
        .orElseThrow(
            () ->
                parent.fail(
                    "the attribute \""
                        + LAYERS
                        + "\" lists the layer \""
                        + name
                        + "\", but there"
                        + " is no such group; the file is incomplete",
                    null));
  }

  /** Returns the arrays that a group lists, under their names. */
  static List<StoredArray> arrays(Hdf5Group group) {
    List<StoredArray> arrays = new ArrayList<>();
    for (String name : names(group)) {
      Hdf5Dataset d =
          group
              .dataset(name)
              .orElseThrow(
                  () ->
                      group.fail(
                          "the attribute \""
                              + WEIGHTS
                              + "\" lists \""
                              + name
                              + "\", but there is no"
                              + " such array; the file is incomplete",
                          null));
      arrays.add(new StoredArray(name, d.shape(), d.dtype(), d::read));
    }
    return arrays;
  }

  private static List<String> names(Hdf5Group group) {
    Optional<List<String>> names = group.texts(WEIGHTS);
    if (names.isEmpty() && !group.children().isEmpty()) {
      throw group.fail(
          "the attribute \"" + WEIGHTS + "\" is missing, which gives the weights their order",
          null);
    }
    return names.orElse(List.of());
  }
}
