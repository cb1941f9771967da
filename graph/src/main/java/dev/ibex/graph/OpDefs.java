package dev.ibex.graph;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.tensorflow.TensorFlow;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/**
 * What the native library says of its ops: which inputs and outputs they have. The list is long, so
 * it is remembered; it is read again for an op that is not in it, since libraries that are loaded
 * later add ops.
 */
public final class OpDefs {
  private static volatile Map<String, OpDef> known = Map.of();

  private OpDefs() {}

  /** Returns all ops that there are now, by name. */
  static Map<String, OpDef> all() {
    Map<String, OpDef> read =
        TensorFlow.registeredOpList().getOpList().stream()
            .collect(Collectors.toUnmodifiableMap(OpDef::getName, Function.identity()));
    known = read;
    return read;
  }

  /** Returns an op; empty if the library has none of that name. */
  static Optional<OpDef> find(String type) {
    OpDef found = known.get(type);
    return Optional.ofNullable(found == null ? all().get(type) : found);
  }

  /** Returns which of some names are those of no op, sorted. */
  public static Set<String> missing(Collection<String> types) {
    return known.keySet().containsAll(types) ? Set.of() : without(types, all().keySet());
  }

  private static Set<String> without(Collection<String> types, Set<String> ops) {
    Set<String> missing = new TreeSet<>(types);
    missing.removeAll(ops);
    return missing;
  }

  /**
   * Returns the op of a node.
   *
   * @throws IllegalArgumentException if the library has none of that name
   */
  static OpDef of(NodeDef node) {
    return find(node.getOp())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the op "
                        + node.getOp()
                        + " of the node "
                        + node.getName()
                        + " is not in TensorFlow's native library"));
  }

  /** Returns how many tensors an input or output of a node stands for. */
  static int width(OpDef.ArgDef arg, NodeDef node) {
    if (!arg.getNumberAttr().isEmpty()) {
      return Math.toIntExact(node.getAttrOrThrow(arg.getNumberAttr()).getI());
    }
    return arg.getTypeListAttr().isEmpty()
        ? 1
        : node.getAttrOrThrow(arg.getTypeListAttr()).getList().getTypeCount();
  }

  /** Returns whether an input or output is a list of tensors, be it of one. */
  static boolean isList(OpDef.ArgDef arg) {
    return !arg.getNumberAttr().isEmpty() || !arg.getTypeListAttr().isEmpty();
  }

  /** Returns the number of the first tensor of an output. */
  static int first(NodeDef node, String output) {
    int first = 0;
    for (OpDef.ArgDef arg : of(node).getOutputArgList()) {
      if (arg.getName().equals(output)) {
        return first;
      }
      first += width(arg, node);
    }
    throw new IllegalArgumentException(
        "the op " + node.getOp() + " of the node " + node.getName() + " has no output " + output);
  }

  /** Returns the element types of a node's outputs. */
  static List<DataType> outputTypes(NodeDef node) {
    OpDef op = of(node);
    List<DataType> types = new ArrayList<>();
    for (OpDef.ArgDef arg : op.getOutputArgList()) {
      if (arg.getTypeListAttr().isEmpty()) {
        DataType type = arg.getTypeAttr().isEmpty() ? arg.getType() : type(op, node, arg);
        types.addAll(Collections.nCopies(width(arg, node), type));
      } else {
        types.addAll(node.getAttrOrThrow(arg.getTypeListAttr()).getList().getTypeList());
      }
    }
    return types;
  }

  /** Files may leave out attributes that have their defaults. */
  private static DataType type(OpDef op, NodeDef node, OpDef.ArgDef arg) {
    return node.containsAttr(arg.getTypeAttr())
        ? node.getAttrOrThrow(arg.getTypeAttr()).getType()
        : op.getAttrList().stream()
            .filter(a -> a.getName().equals(arg.getTypeAttr()))
            .map(a -> a.getDefaultValue().getType())
            .findFirst()
            .orElse(DataType.DT_INVALID);
  }
}
