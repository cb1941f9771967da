package dev.ibex.core;

import org.tensorflow.ndarray.Shape;

/**
 * An output of a layer in a model that is being described: a shape and a type, no values.
 *
 * <p>Its methods add operation nodes, as Python's operators do in Keras. Immutable.
 */
public final class SymbolicTensor implements Symbolic {
  private final Node node;
  private final int index;
  private final TensorSpec spec;

  SymbolicTensor(Node node, int index, TensorSpec spec) {
    this.node = node;
    this.index = index;
    this.spec = spec;
  }

  /** Returns shape and element type. */
  public TensorSpec spec() {
    return spec;
  }

  /** Returns the shape, batch axis included; -1 where unknown. */
  public Shape shape() {
    return spec.shape();
  }

  /** Returns the layer call that makes this tensor. */
  public Node node() {
    return node;
  }

  /** Returns which of the call's outputs this is. */
  public int index() {
    return index;
  }

  @Override
  public SymbolicTensor symbolic() {
    return this;
  }

  /** Returns the layer and the spec, such as {@code dense float32(?, 10)}. */
  @Override
  public String toString() {
    return node.layer().label() + " " + spec;
  }
}
