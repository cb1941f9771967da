package dev.ibex.graph;

import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Gather;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/** What ops on a variable's handle become where the handle's variable is another's. */
final class VariableOps {
  private final Ops tf;
  private final Inlined.Variables variables;

  VariableOps(Ops tf, Inlined.Variables variables) {
    this.tf = tf;
    this.variables = variables;
  }

  /**
   * Returns the outputs of a node whose first input is a variable; empty where its op needs the
   * handle itself.
   *
   * @param others its other inputs
   */
  Optional<List<Inlined>> outputs(NodeDef node, int variable, List<Operand<?>> others) {
    return switch (node.getOp()) {
      case "Identity" -> Optional.of(List.of(new Inlined.Variable(variable)));
      case "ReadVariableOp" -> of(variables.read(variable));
      case "VariableShape" -> of(shape(node, variables.read(variable)));
      case "GatherV2" -> of(variables.lookup(variable, others.get(0)));
      case "ResourceGather" -> of(gather(node, variable, others.get(0)));
      case "ResourceGatherNd" -> of(tf.gatherNd(read(variable), Numbers.of(others.get(0))));
      case "AssignVariableOp" -> assign(variable, others.get(0));
      case "AssignAddVariableOp" ->
          assign(variable, tf.math.add(read(variable), Numbers.of(others.get(0))));
      case "AssignSubVariableOp" ->
          assign(variable, tf.math.sub(read(variable), Numbers.of(others.get(0))));
      default -> Optional.empty();
    };
  }

  private static Optional<List<Inlined>> of(Operand<?> value) {
    return Optional.of(List.of(new Inlined.Tensor(value)));
  }

  private Optional<List<Inlined>> assign(int variable, Operand<?> value) {
    variables.assign(variable, value);
    return Optional.of(List.of());
  }

  private Operand<TNumber> read(int variable) {
    return Numbers.of(variables.read(variable));
  }

  private Operand<?> shape(NodeDef node, Operand<?> value) {
    boolean wide = attribute(node, "out_type").getType() == DataType.DT_INT64;
    return wide ? tf.shape(value, TInt64.class) : tf.shape(value);
  }

  private Operand<?> gather(NodeDef node, int variable, Operand<?> ids) {
    long batch = attribute(node, "batch_dims").getI();
    return batch == 0
        ? variables.lookup(variable, ids)
        : tf.gather(read(variable), Numbers.of(ids), tf.constant(batch), Gather.batchDims(batch));
  }

  private static AttrValue attribute(NodeDef node, String name) {
    return node.getAttrOrDefault(name, AttrValue.getDefaultInstance());
  }
}
