package dev.ibex.graph;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.tensorflow.Graph;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.Output;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.ByteDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.FunctionDefLibrary;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.OpDef;

/** Emits nodes that are described elsewhere, with the functions that their attributes name. */
public final class NodeCopy {
  /** Attributes that hold for the graph they come from alone. */
  private static final Set<String> DROPPED = Set.of("_class", "_output_shapes");

  private static final FunctionLibrary NONE =
      new FunctionLibrary(FunctionDefLibrary.getDefaultInstance(), List.of());

  private final Ops tf;
  private final FunctionLibrary library;
  private final Set<String> imported = new HashSet<>();

  NodeCopy(Ops tf, FunctionLibrary library) {
    this.tf = tf;
    this.library = library;
  }

  /** Emits a described node that needs nothing, and returns its first output. */
  public static Operand<?> constant(Ops tf, NodeDef node) {
    return new NodeCopy(tf, NONE).emit(node, List.of(), Set.of()).output(0);
  }

  /**
   * Emits a node.
   *
   * @param given its data
   * @param waits what runs before it
   * @throws IllegalArgumentException if TensorFlow has no such op, or refuses the node
   */
  Operation emit(NodeDef node, List<? extends Operand<?>> given, Set<Operation> waits) {
    Graph graph = (Graph) tf.scope().env();
    List<? extends Operand<?>> inputs = node.getOp().equals("GatherV2") ? gather(given) : given;
    OpDef op = OpDefs.of(node);
    importFunctions(graph, FunctionLibrary.named(node));
    OperationBuilder builder =
        tf.scope()
            .apply(graph.opBuilder(node.getOp(), tf.scope().makeOpName(name(node)), tf.scope()));
    int next = 0;
    for (OpDef.ArgDef arg : op.getInputArgList()) {
      int width = OpDefs.width(arg, node);
      List<? extends Operand<?>> taken = inputs.subList(next, next + width);
      if (OpDefs.isList(arg)) {
        builder.addInputList(taken.stream().map(Operand::asOutput).toArray(Output<?>[]::new));
      } else {
        builder.addInput(taken.get(0).asOutput());
      }
      next += width;
    }
    waits.forEach(builder::addControlInput);
    node.getAttrMap()
        .forEach(
            (key, value) -> {
              if (!DROPPED.contains(key)) {
                builder.setAttr(key, library.renamed(value));
              }
            });
    return builder.build();
  }

  /** TensorFlow's derivative of GatherV2 fails where the axis is counted from the end. */
  private List<? extends Operand<?>> gather(List<? extends Operand<?>> given) {
    GraphOperation axis = (GraphOperation) given.get(2).asOutput().op();
    int rank = given.get(0).shape().numDimensions();
    if (rank <= 0 || !axis.type().equals("Const")) {
      return given;
    }
    try (Tensor value = axis.attributes().getAttrTensor("value")) {
      ByteDataBuffer data = value.asRawTensor().data();
      boolean isLong = axis.output(0).dataType() == DataType.DT_INT64;
      int at = isLong ? (int) data.asLongs().getLong(0) : data.asInts().getInt(0);
      return at >= 0 ? given : List.of(given.get(0), given.get(1), tf.constant(at + rank));
    }
  }

  /** Returns the last part of a node's path: the scope here is another. */
  private static String name(NodeDef node) {
    String last = node.getName().substring(node.getName().lastIndexOf('/') + 1);
    return last.matches("[A-Za-z0-9.][A-Za-z0-9_.\\\\-]*") ? last : node.getOp();
  }

  /** A library that has a function of the same name and content already stays as it is. */
  private void importFunctions(Graph graph, Set<String> names) {
    if (imported.addAll(names)) {
      graph.importGraphDef(GraphDef.newBuilder().setLibrary(library.renamed(names)).build());
    }
  }
}
