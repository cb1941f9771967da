package dev.ibex.savedmodel.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.ObjectReference;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.SerializedTensor;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject.SlotVariableReference;

/** The graph of objects of a checkpoint, to be walked from the root; it may have circles. */
public final class TrackableNodes {
  /** The number of the root. */
  public static final int ROOT = 0;

  /** What paths may take together: a long chain of objects has very long ones. */
  private static final long MAX_CHARACTERS = 1 << 26;

  private final TrackableObjectGraph graph;

  /**
   * What a checkpoint has of an object.
   *
   * @param node the object's number
   * @param path the shortest way to it; what is no variable's value has the attribute's name behind
   *     it
   * @param key that of the array
   * @param fullName what the object calls itself; may be empty
   */
  public record Value(int node, String path, String key, String fullName) {}

  /**
   * What an optimizer keeps beside a variable.
   *
   * @param optimizer the optimizer's path
   * @param name what the optimizer calls it
   * @param variable the number of the variable
   * @param slot the number of what is kept
   */
  public record Slot(String optimizer, String name, int variable, int slot) {}

  /**
   * Creates the nodes.
   *
   * @throws IllegalArgumentException if an edge leads to no node
   */
  public TrackableNodes(TrackableObjectGraph graph) {
    this.graph = graph;
    if (graph.getNodesCount() == 0) {
      throw new IllegalArgumentException("its graph of objects is empty");
    }
    for (TrackableObject node : graph.getNodesList()) {
      node.getChildrenList().forEach(c -> check(c.getNodeId()));
      for (SlotVariableReference s : node.getSlotVariablesList()) {
        check(s.getOriginalVariableNodeId());
        check(s.getSlotVariableNodeId());
      }
    }
  }

  private void check(int id) {
    if (id < 0 || id >= graph.getNodesCount()) {
      throw new IllegalArgumentException(
          "its graph of objects is damaged: expected objects numbered below "
              + graph.getNodesCount()
              + ", found the number "
              + id);
    }
  }

  /** Returns where the first of some edges leads that an object has. */
  public OptionalInt child(int node, List<String> edges) {
    for (String edge : edges) {
      for (ObjectReference child : graph.getNodes(node).getChildrenList()) {
        if (child.getLocalName().equals(edge)) {
          return OptionalInt.of(child.getNodeId());
        }
      }
    }
    return OptionalInt.empty();
  }

  /** Returns where a path leads from an object. */
  public OptionalInt find(int from, String path) {
    int node = from;
    for (String edge : ObjectPath.edges(path)) {
      OptionalInt next = child(node, List.of(edge));
      if (next.isEmpty()) {
        return next;
      }
      node = next.getAsInt();
    }
    return OptionalInt.of(node);
  }

  /** Returns the names and numbers of the objects that the root has. */
  public List<ObjectReference> rootChildren() {
    return graph.getNodes(ROOT).getChildrenList();
  }

  /** Returns the key of a variable's value; empty if the object is none. */
  public Optional<String> key(int node) {
    return graph.getNodes(node).getAttributesList().stream()
        .filter(a -> a.getName().equals(ObjectPath.ATTRIBUTE))
        .map(SerializedTensor::getCheckpointKey)
        .findFirst();
  }

  /** Returns what the checkpoint has of the objects that are reached from one. */
  public List<Value> values(int from, String prefix, Predicate<String> edges) {
    @Nullable String[] paths = paths(from, prefix, edges);
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < paths.length; i++) {
      String path = paths[i];
      if (path != null) {
        add(values, i, path);
      }
    }
    return values;
  }

  private void add(List<Value> values, int node, String path) {
    for (SerializedTensor a : graph.getNodes(node).getAttributesList()) {
      boolean variable = a.getName().equals(ObjectPath.ATTRIBUTE);
      values.add(
          new Value(
              node,
              variable ? path : ObjectPath.attribute(path, a.getName()),
              a.getCheckpointKey(),
              a.getFullName()));
    }
  }

  /** Returns what the checkpoint has of all objects; of what optimizers keep, by its key. */
  public List<Value> values() {
    List<Value> values = values(ROOT, "", e -> true);
    for (Slot slot : slots()) {
      key(slot.slot()).ifPresent(key -> add(values, slot.slot(), ObjectPath.ofKey(key)));
    }
    return values;
  }

  /** Returns what optimizers keep beside variables in a form of its own, as those of Keras 2 do. */
  public List<Slot> slots() {
    @Nullable String[] paths = paths(ROOT, "", e -> true);
    List<Slot> slots = new ArrayList<>();
    for (int i = 0; i < paths.length; i++) {
      String path = paths[i];
      if (path != null) {
        for (SlotVariableReference s : graph.getNodes(i).getSlotVariablesList()) {
          slots.add(
              new Slot(
                  path, s.getSlotName(), s.getOriginalVariableNodeId(), s.getSlotVariableNodeId()));
        }
      }
    }
    return slots;
  }

  /** Returns the shortest path to each node that is reached; null for the others. */
  private @Nullable String[] paths(int from, String prefix, Predicate<String> edges) {
    @Nullable String[] paths = new String[graph.getNodesCount()];
    List<Integer> order = new ArrayList<>(List.of(from));
    paths[from] = prefix;
    long left = MAX_CHARACTERS;
    for (int i = 0; i < order.size(); i++) {
      int node = order.get(i);
      for (ObjectReference child : graph.getNodes(node).getChildrenList()) {
        if (paths[child.getNodeId()] == null && edges.test(child.getLocalName())) {
          String path = ObjectPath.child(String.valueOf(paths[node]), child.getLocalName());
          left -= path.length();
          if (left < 0) {
            throw new IllegalArgumentException(
                "the paths of its graph of objects are longer than "
                    + MAX_CHARACTERS
                    + " characters together, and it is not read");
          }
          paths[child.getNodeId()] = path;
          order.add(child.getNodeId());
        }
      }
    }
    return paths;
  }
}
