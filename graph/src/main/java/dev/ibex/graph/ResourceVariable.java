package dev.ibex.graph;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.VarHandleOp;
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
  private final VarHandleOp handle;
  private final Operand<?> read;
  private final Operand<?> fed;
  private final Op assign;

  ResourceVariable(Ops tf, String name, DType dtype, Shape shape) {
    this.name = name;
    this.dtype = dtype;
    this.shape = shape;
    Class<? extends TType> type = dtype.type();
    this.handle = tf.withName(name).varHandleOp(type, shape, VarHandleOp.sharedName(name));
    this.read = tf.withName(name + "/read").readVariableOp(handle, type);
    this.fed = tf.withName(name + "/value").placeholder(type, Placeholder.shape(shape));
    this.assign = tf.withName(name + "/assign").assignVariableOp(handle, fed);
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
