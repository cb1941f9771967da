package dev.ibex.graph;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.FunctionDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;

/** The nodes of a function definition that its results and effects need. */
final class FunctionNodes {
  /** Ops that give variables new values. */
  private static final Pattern CHANGES = Pattern.compile("(Assign|Resource(Scatter|Apply)).*");

  private final FunctionDef function;
  private final FunctionLibrary library;
  private final Map<String, NodeDef> byName = new LinkedHashMap<>();
  private final List<NodeDef> ordered = new ArrayList<>();
  private final Set<String> used = new HashSet<>();

  /**
   * What an input of a node, or a result of the function, refers to.
   *
   * @param node a node, or an argument of the function
   * @param output the node's output; empty for an argument
   * @param index the number in that output
   * @param control whether it is waited for, and no data
   */
  record Ref(String node, String output, int index, boolean control) {
    static Ref of(String text) {
      if (text.startsWith("^")) {
        return new Ref(text.substring(1), "", 0, true);
      }
      String[] parts = text.split(":", -1);
      return parts.length == 1
          ? new Ref(text, "", 0, false)
          : new Ref(parts[0], parts[1], parts.length == 2 ? 0 : Integer.parseInt(parts[2]), false);
    }

    @Override
    public String toString() {
      return output.isEmpty() ? node : node + ":" + output + ":" + index;
    }

    boolean isArgument() {
      return output.isEmpty() && !control;
    }
  }

  FunctionNodes(FunctionDef function, FunctionLibrary library) {
    this.function = function;
    this.library = library;
    function.getNodeDefList().forEach(n -> byName.put(n.getName(), n));
    function.getRetMap().values().forEach(r -> used.add(Ref.of(r).node()));
    Set<String> needed = needed();
    Set<String> done = new HashSet<>();
    for (NodeDef node : function.getNodeDefList()) {
      if (needed.contains(node.getName())) {
        order(node, done);
      }
    }
  }

  /** Returns whether a node calls a function at once, as if its body stood there. */
  static boolean isCall(NodeDef node) {
    return node.getOp().equals("PartitionedCall") || node.getOp().equals("StatefulPartitionedCall");
  }

  /** Returns the name of the function that a node calls. */
  static String called(NodeDef call) {
    return call.getAttrOrThrow("f").getFunc().getName();
  }

  private Set<String> needed() {
    Set<String> needed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(function.getControlRetMap().values());
    function.getRetMap().values().forEach(r -> open.add(Ref.of(r).node()));
    while (!open.isEmpty()) {
      NodeDef node = byName.get(open.remove());
      if (node != null && needed.add(node.getName())) {
        open.addAll(needs(node));
        node.getInputList().stream()
            .map(Ref::of)
            .filter(r -> !r.control())
            .forEach(r -> used.add(r.node()));
      }
    }
    return needed;
  }

  /** Returns what a node needs: its inputs, and what its derivative captures. */
  private List<String> needs(NodeDef node) {
    List<String> needs = new ArrayList<>();
    node.getInputList().forEach(i -> needs.add(Ref.of(i).node()));
    library.gradient(node, function).ifPresent(g -> g.captures().forEach(c -> needs.add(c.node())));
    return needs;
  }

  /** Adds a node after all that it needs; without recursion, since bodies are deep. */
  private void order(NodeDef first, Set<String> done) {
    Deque<NodeDef> open = new ArrayDeque<>(List.of(first));
    Set<String> opened = new HashSet<>();
    while (!open.isEmpty()) {
      NodeDef node = open.peek();
      List<NodeDef> missing = missing(node, done);
      if (missing.isEmpty()) {
        open.pop();
        if (done.add(node.getName())) {
          ordered.add(node);
        }
      } else if (opened.add(node.getName())) {
        missing.forEach(open::push);
      } else {
        throw new IllegalArgumentException("the node " + node.getName() + " depends on itself");
      }
    }
  }

  private List<NodeDef> missing(NodeDef node, Set<String> done) {
    return done.contains(node.getName())
        ? List.of()
        : needs(node).stream()
            .map(byName::get)
            .filter(n -> n != null && !done.contains(n.getName()))
            .toList();
  }

  /** Returns the nodes, each after those it needs, else in the order of the definition. */
  List<NodeDef> ordered() {
    return ordered;
  }

  /**
   * Returns whether all that is taken of a variable's value are rows of it, and these may as well
   * be taken of the variable: nothing changes variables between the read and the last of them.
   */
  boolean isGathered(NodeDef node) {
    boolean result =
        function.getRetMap().values().stream()
            .anyMatch(r -> Ref.of(r).node().equals(node.getName()));
    return !result
        && isUsed(node)
        && ordered.stream()
            .filter(n -> n.getInputList().stream().anyMatch(i -> isData(i, node)))
            .allMatch(n -> takesRows(n, node))
        && !changesBefore(last(node), node);
  }

  private int last(NodeDef read) {
    int last = ordered.indexOf(read);
    for (int i = last + 1; i < ordered.size(); i++) {
      if (ordered.get(i).getInputList().stream().anyMatch(in -> isData(in, read))) {
        last = i;
      }
    }
    return last;
  }

  private boolean changesBefore(int end, NodeDef read) {
    return ordered.subList(ordered.indexOf(read), end).stream().anyMatch(this::changes);
  }

  private boolean changes(NodeDef node) {
    return CHANGES.matcher(node.getOp()).matches()
        || (isCall(node)
            && library.closure(called(node)).stream()
                .flatMap(f -> f.getNodeDefList().stream())
                .anyMatch(n -> CHANGES.matcher(n.getOp()).matches()));
  }

  private static boolean isData(String input, NodeDef node) {
    Ref ref = Ref.of(input);
    return !ref.control() && ref.node().equals(node.getName());
  }

  private boolean takesRows(NodeDef gather, NodeDef table) {
    if (!gather.getOp().equals("GatherV2")
        || gather.getAttrOrDefault("batch_dims", AttrValue.getDefaultInstance()).getI() != 0
        || isData(gather.getInput(1), table)) {
      return false;
    }
    NodeDef axis = byName.get(Ref.of(gather.getInput(2)).node());
    return axis != null && axis.getOp().equals("Const") && isZero(axis);
  }

  private static boolean isZero(NodeDef number) {
    TensorProto value = number.getAttrOrThrow("value").getTensor();
    return value.getIntValList().stream().allMatch(i -> i == 0)
        && value.getInt64ValList().stream().allMatch(i -> i == 0)
        && java.util.Arrays.equals(
            value.getTensorContent().toByteArray(), new byte[value.getTensorContent().size()]);
  }

  /** Returns whether another node, or a result, takes data from a node. */
  boolean isUsed(NodeDef node) {
    return used.contains(node.getName());
  }
}
