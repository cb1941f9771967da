package dev.ibex.core;

import java.util.List;
import org.tensorflow.ndarray.Shape;

/**
 * An output of a layer in a model that is being described: a shape and a type, no values.
 *
 * <p>Arithmetic on it adds operation nodes, as Python's operators do in Keras. Immutable.
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

  /** Returns this + other, element by element, with broadcasting. */
  public SymbolicTensor plus(Symbolic other) {
    return Operation.of("Add", Argument.of(this), Argument.of(other));
  }

  /** Returns this + value. */
  public SymbolicTensor plus(double value) {
    return Operation.of("Add", Argument.of(this), Argument.of(value));
  }

  /** Returns this - other, element by element, with broadcasting. */
  public SymbolicTensor minus(Symbolic other) {
    return Operation.of("Subtract", Argument.of(this), Argument.of(other));
  }

  /** Returns this - value. */
  public SymbolicTensor minus(double value) {
    return Operation.of("Subtract", Argument.of(this), Argument.of(value));
  }

  /** Returns this · other, element by element, with broadcasting. */
  public SymbolicTensor times(Symbolic other) {
    return Operation.of("Multiply", Argument.of(this), Argument.of(other));
  }

  /** Returns this · value. */
  public SymbolicTensor times(double value) {
    return Operation.of("Multiply", Argument.of(this), Argument.of(value));
  }

  /** Returns whether each element differs from the value. */
  public SymbolicTensor notEqual(double value) {
    return Operation.of("NotEqual", Argument.of(this), Argument.of(value));
  }

  /** Returns 1 / (1 + exp(-this)). */
  public SymbolicTensor sigmoid() {
    return Operation.of("Sigmoid", Argument.of(this));
  }

  /** Returns this tensor with an axis of size 1 put in before {@code axis}. */
  public SymbolicTensor expandDims(int axis) {
    return Operation.of("ExpandDims", List.of(Argument.of(this)), "axis", Argument.of(axis));
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
