package dev.ibex.savedmodel.keras;

import dev.ibex.ModelFormatException;
import dev.ibex.savedmodel.hdf5.Hdf5File;
import dev.ibex.savedmodel.weights.StoredArray;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads weights in several HDF5 files. */
final class ShardedWeights {
  private final ShardIndex index;
  private final StoredWeights all = StoredWeights.empty();
  private final List<Hdf5File> open = new ArrayList<>();

  private ShardedWeights(ShardIndex index) {
    this.index = index;
  }

  /**
   * Opens all files.
   *
   * @throws ModelFormatException if one is missing or damaged, or they do not hold what the index
   *     says
   */
  static OpenWeights open(ShardIndex index) {
    ShardedWeights shards = new ShardedWeights(index);
    try {
      index.files().forEach(shards::add);
    } catch (RuntimeException e) {
      shards.close();
      throw e;
    }
    return new OpenWeights(shards.all, index.json(), "", shards::close);
  }

  private void add(String name) {
    Hdf5File hdf = Hdf5File.open(index.file(name));
    open.add(hdf);
    StoredWeights part = HdfWeights.read(hdf.root());
    Set<String> expected = new TreeSet<>();
    index
        .shards()
        .forEach(
            (group, files) -> {
              if (files.contains(name)) {
                expected.add(group);
              }
            });
    Set<String> found = groups(part.arrays().keySet());
    if (!found.equals(expected)) {
      throw index.fail(
          "/weight_map",
          name + " should hold weights of " + expected + ", but holds those of " + found);
    }
    for (Map.Entry<String, StoredArray> array : part.arrays().entrySet()) {
      if (all.arrays().put(array.getKey(), array.getValue()) != null) {
        throw index.fail("/weight_map", array.getKey() + " is in two files; " + name + " is one");
      }
    }
    all.names().putAll(part.names());
  }

  private static Set<String> groups(Collection<String> paths) {
    Set<String> groups = new TreeSet<>();
    paths.forEach(path -> groups.add(path.substring(0, Math.max(0, path.lastIndexOf('/')))));
    return groups;
  }

  private void close() {
    open.forEach(Hdf5File::close);
  }
}
