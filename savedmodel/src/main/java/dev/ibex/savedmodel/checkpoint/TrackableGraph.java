package dev.ibex.savedmodel.checkpoint;

import com.google.protobuf.BoolValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph;
import org.tensorflow.proto.TrackableObjectGraphOuterClass.TrackableObjectGraph.TrackableObject;

/**
 * The graph of objects that a checkpoint is to have, made of the paths of its variables: each edge
 * on the way is an attribute of a Python object, or the number of an element in a list.
 */
public final class TrackableGraph {
  /** Under which key a checkpoint has its graph. */
  public static final String KEY = "_CHECKPOINTABLE_OBJECT_GRAPH";

  private final Node root = new Node();

  private static final class Node {
    final Map<String, Node> children = new LinkedHashMap<>();
    final TrackableObject.Builder proto =
        TrackableObject.newBuilder().setHasCheckpointValues(BoolValue.of(true));
  }

  /**
   * Adds a variable; its value's key is {@link ObjectPath#key}.
   *
   * @param fullName what the variable itself is called
   * @throws IllegalArgumentException if the path is none, or there is a variable already
   */
  public void variable(String path, String fullName) {
    Node node = node(ObjectPath.edges(path));
    if (node.proto.getAttributesCount() > 0) {
      throw new IllegalArgumentException("path: there are two variables \"" + path + "\"");
    }
    node.proto
        .addAttributesBuilder()
        .setName(ObjectPath.ATTRIBUTE)
        .setFullName(fullName)
        .setCheckpointKey(ObjectPath.key(path));
  }

  /**
   * Lets a path lead to what another one leads to.
   *
   * @throws IllegalArgumentException if it leads elsewhere already
   */
  public void link(String path, String target) {
    List<String> edges = ObjectPath.edges(path);
    int last = edges.size() - 1;
    Node to = node(ObjectPath.edges(target));
    Node before = node(edges.subList(0, last)).children.putIfAbsent(edges.get(last), to);
    if (before != null && before != to) {
      throw new IllegalArgumentException(
          "path: \"" + path + "\" leads elsewhere than \"" + target + "\"");
    }
  }

  private Node node(List<String> edges) {
    Node node = root;
    for (String edge : edges) {
      node = node.children.computeIfAbsent(edge, e -> new Node());
    }
    return node;
  }

  /** Returns the graph as checkpoints hold it, the nearest objects first. */
  public TrackableObjectGraph proto() {
    Map<Node, Integer> ids = new HashMap<>(); // nodes equal themselves alone
    List<Node> order = new ArrayList<>(List.of(root));
    ids.put(root, 0);
    for (int i = 0; i < order.size(); i++) {
      for (Node child : order.get(i).children.values()) {
        if (ids.putIfAbsent(child, order.size()) == null) {
          order.add(child);
        }
      }
    }
    TrackableObjectGraph.Builder graph = TrackableObjectGraph.newBuilder();
    order.forEach(node -> graph.addNodes(proto(node, ids)));
    return graph.build();
  }

  private static TrackableObject proto(Node node, Map<Node, Integer> ids) {
    TrackableObject.Builder proto = node.proto.clone();
    node.children.forEach(
        (edge, child) -> proto.addChildrenBuilder().setLocalName(edge).setNodeId(id(child, ids)));
    return proto.build();
  }

  private static int id(Node node, Map<Node, Integer> ids) {
    return Objects.requireNonNull(ids.get(node));
  }
}
