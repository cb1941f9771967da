package dev.ibex.savedmodel.checkpoint;

import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleIndex;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The variables of a checkpoint by the ways that lead to them. */
public final class CheckpointContent {
  private final CheckpointReader reader;
  private final Map<String, TrackableNodes.Value> values;

  /**
   * Reads what there is, but no variable.
   *
   * @throws ModelFormatException if a file is missing or damaged
   */
  public CheckpointContent(Path prefix) {
    this.reader = new CheckpointReader(prefix);
    this.values = reader.values();
  }

  /** Returns what the names of the files begin with. */
  public Path prefix() {
    return reader.index().prefix();
  }

  /** Returns whether variables are reached from object to object, and not by name. */
  public boolean hasObjects() {
    return reader.nodes().isPresent();
  }

  /** Returns what there is, the nearest objects first. */
  public Collection<TrackableNodes.Value> values() {
    return values.values();
  }

  /** Returns the entry of a value in the files. */
  public BundleIndex.Entry entry(TrackableNodes.Value value) {
    return reader.entry(value.key());
  }

  /** Returns what optimizers keep beside variables in a form of its own. */
  public List<TrackableNodes.Slot> slots() {
    return reader.nodes().map(TrackableNodes::slots).orElse(List.of());
  }

  /** Returns the shortest path to each object that has a value, by its number. */
  public Map<Integer, String> paths() {
    Map<Integer, String> paths = new LinkedHashMap<>();
    values.values().forEach(v -> paths.putIfAbsent(v.node(), v.path()));
    return paths;
  }

  /** Returns whether a path leads to a variable, be it the shortest or not. */
  public boolean contains(String path) {
    return key(path).isPresent();
  }

  /**
   * Returns the value of the variable that a path leads to.
   *
   * @throws IllegalArgumentException if it leads to none; the text names near ones
   * @throws ModelFormatException if the value is damaged, or of a type that arrays cannot have
   */
  public Array get(String path) {
    return reader.read(List.of(key(path).orElseThrow(() -> unknown(path)))).get(0);
  }

  private Optional<String> key(String path) {
    TrackableNodes.Value value = values.get(path);
    if (value != null) {
      return Optional.of(value.key());
    }
    if (reader.nodes().isEmpty() || path.isEmpty()) {
      return Optional.empty();
    }
    TrackableNodes nodes = reader.nodes().get();
    OptionalInt node = nodes.find(TrackableNodes.ROOT, path);
    return node.isPresent() ? nodes.key(node.getAsInt()) : Optional.empty();
  }

  private IllegalArgumentException unknown(String path) {
    return new IllegalArgumentException(
        "checkpoint "
            + prefix()
            + ": no variable is at \""
            + path
            + "\"; the nearest of its "
            + values.size()
            + " are "
            + NearNames.of(path, values.keySet()));
  }

  /**
   * Returns all values by path.
   *
   * @throws ModelFormatException as {@link #get}
   */
  public Map<String, Array> getAll() {
    List<Array> arrays =
        reader.read(values.values().stream().map(TrackableNodes.Value::key).toList());
    Map<String, Array> all = new LinkedHashMap<>();
    values.keySet().forEach(path -> all.put(path, arrays.get(all.size())));
    return all;
  }
}
