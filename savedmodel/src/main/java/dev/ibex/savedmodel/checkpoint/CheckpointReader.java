package dev.ibex.savedmodel.checkpoint;

import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.ibex.ModelFormatException;
import dev.ibex.graph.Array;
import dev.ibex.graph.BundleException;
import dev.ibex.graph.BundleIndex;
import dev.ibex.graph.DType;
import dev.ibex.graph.NativeException;
import dev.ibex.graph.TensorBundle;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;

/** The files of a checkpoint: what is in them by key, and its graph of objects if it has one. */
public final class CheckpointReader {
  private final BundleIndex index;
  private final Optional<TrackableNodes> nodes;

  /**
   * Reads what there is, but no variable.
   *
   * @throws ModelFormatException if a file is missing or damaged
   */
  public CheckpointReader(Path prefix) {
    this.index = index(prefix);
    this.nodes =
        Optional.ofNullable(index.entries().get(TrackableGraph.KEY)).map(e -> nodes(e.key()));
  }

  private static BundleIndex index(Path prefix) {
    try {
      return BundleIndex.read(prefix);
    } catch (BundleException e) {
      throw new ModelFormatException(e.file(), e.place(), e.problem(), e);
    }
  }

  private TrackableNodes nodes(String key) {
    Array array = read(List.of(key)).get(0);
    try {
      if (array.dtype() != DType.STRING || array.size() != 1) {
        throw new IllegalArgumentException(
            "expected a text that is its graph of objects, found " + entry(key));
      }
      return new TrackableNodes(
          TrackableObjectGraph.parseFrom(
              array.bytes()[0], ExtensionRegistryLite.getEmptyRegistry()));
    } catch (InvalidProtocolBufferException e) {
      throw fail(key, "its graph of objects is damaged; write it again: " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw fail(key, e.getMessage() + "; write it again", e);
    }
  }

  /** Returns the index. */
  public BundleIndex index() {
    return index;
  }

  /** Returns the graph of objects; empty for checkpoints of names, as TensorFlow 1 wrote them. */
  public Optional<TrackableNodes> nodes() {
    return nodes;
  }

  /**
   * Returns what the checkpoint has, by path; by key where it has no graph of objects. What objects
   * keep beside variables and a file does not have is left out, as Python does.
   *
   * @throws ModelFormatException if a variable's value is not there
   */
  public Map<String, TrackableNodes.Value> values() {
    Map<String, TrackableNodes.Value> byPath = new LinkedHashMap<>();
    if (nodes.isEmpty()) {
      index
          .entries()
          .keySet()
          .forEach(key -> byPath.put(key, new TrackableNodes.Value(-1, key, key, key)));
      return byPath;
    }
    try {
      for (TrackableNodes.Value value : nodes.get().values()) {
        if (index.entries().containsKey(value.key())) {
          byPath.putIfAbsent(value.path(), value);
        } else if (ObjectPath.isValue(value.key())) {
          throw fail(
              value.key(),
              "expected the value of "
                  + value.path()
                  + ", which the graph of objects names, found no such array; write it again",
              null);
        }
      }
    } catch (IllegalArgumentException e) {
      throw fail(TrackableGraph.KEY, String.valueOf(e.getMessage()), e);
    }
    return byPath;
  }

  /** Returns the entry of a key that is there. */
  public BundleIndex.Entry entry(String key) {
    BundleIndex.Entry entry = index.entries().get(key);
    if (entry == null) {
      throw fail(key, "there is no such array", null);
    }
    return entry;
  }

  /**
   * Reads arrays.
   *
   * @throws ModelFormatException if one is damaged, or of a type that arrays cannot have
   */
  public List<Array> read(List<String> keys) {
    List<TensorBundle.Entry> entries = new ArrayList<>();
    for (String key : keys) {
      BundleIndex.Entry entry = entry(key);
      DType type =
          entry
              .dtype()
              .orElseThrow(
                  () -> fail(key, "expected numbers or texts, found " + entry.typeName(), null));
      try {
        type.type();
      } catch (IllegalArgumentException e) {
        throw fail(key, String.valueOf(e.getMessage()), e);
      }
      entries.add(new TensorBundle.Entry(key, type, entry.shape()));
    }
    try {
      return TensorBundle.read(index.prefix(), entries);
    } catch (NativeException e) {
      throw fail(
          keys.size() == 1 ? keys.get(0) : "",
          "its data are damaged; copy or write the checkpoint again. TensorFlow says: "
              + String.valueOf(e.getCause() == null ? e.getMessage() : e.getCause().getMessage())
                  .lines()
                  .findFirst()
                  .orElse(""),
          e);
    }
  }

  /** Makes an exception that names the checkpoint. */
  public ModelFormatException fail(String place, String text, @Nullable Throwable cause) {
    return new ModelFormatException(BundleIndex.file(index.prefix()), place, text, cause);
  }
}
