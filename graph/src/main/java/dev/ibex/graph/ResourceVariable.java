package dev.ibex.graph;

import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.Operation;
import org.tensorflow.OperationBuilder;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Scope;
import org.tensorflow.types.family.TType;

/**
 * A resource variable of one {@link GraphSession}: four nodes, whatever happens to it later.
 *
 * <p>The handle's node name is also its shared name. Belongs to the session, which frees it.
 */
public final class ResourceVariable {
  private final String name;
  private final DType dtype;
  private final Shape shape;
  private final Operand<? extends TType> handle;
  private final Operand<?> read;
  private final Operand<?> fed;
  private final Op assign;

  ResourceVariable(Graph graph, Scope scope, String name, DType dtype, Shape shape) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    // built by full name: a scope would number the parts of the path
    this.handle =
        node(graph, scope, "VarHandleOp", name)
            .setAttr("dtype", dtype.proto())
            .setAttr("shape", shape)
            .setAttr("shared_name", name)
            .build()
            .output(0);
    this.read =
        node(graph, scope, "ReadVariableOp", name + "/read")
            .addInput(handle.asOutput())
            .setAttr("dtype", dtype.proto())
            .build()
            .output(0);
    this.fed =
        node(graph, scope, "Placeholder", name + "/value")
            .setAttr("dtype", dtype.proto())
            .setAttr("shape", shape)
            .build()
            .output(0);
    Operation assignment =
        node(graph, scope, "AssignVariableOp", name + "/assign")
            .addInput(handle.asOutput())
            .addInput(fed.asOutput())
            .setAttr("dtype", dtype.proto())
            .build();
    this.assign = () -> assignment;
  }

  private static OperationBuilder node(Graph graph, Scope scope, String type, String name) {
    OperationBuilder builder = graph.opBuilder(type, name, scope);
    return scope.apply(builder);
  }

  /** Returns the node name, unique in the session. */
  public String name() {
    return name;
  }

  /** Returns the element type. */
  public DType dtype() {
    return dtype;
  }

  /** Returns the shape. */
  public Shape shape() {
    return shape;
  }

  /** Returns the resource handle, as the fused training ops take it. */
  public Operand<? extends TType> handle() {
    return handle;
  }

  /** Returns the value at the beginning of a run. */
  public Operand<?> value() {
    return read;
  }

  Operand<?> fed() {
    return fed;
  }

  Op assign() {
    return assign;
  }
}
