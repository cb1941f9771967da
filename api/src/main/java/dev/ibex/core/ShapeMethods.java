package dev.ibex.core;

import java.util.List;
import java.util.stream.Stream;

/**
 * What puts the elements of a symbolic tensor in another shape; axes may count from the end, the
 * batch is axis 0. Source: {@code keras.ops}.
 */
interface ShapeMethods extends OfTensor {
  /** Returns a part: {@code x.get(At.all(), At.index(0))} is Python's {@code x[:, 0]}. */
  default SymbolicTensor get(At... key) {
    return Operation.of("GetItem", symbolic(), Stream.of(key).map(At::argument).toList());
  }

  /**
   * Returns the elements in another shape.
   *
   * @param shape the sizes, batch included; one of them may be -1: what is left
   */
  default SymbolicTensor reshape(int... shape) {
    return Operation.of("Reshape", symbolic(), shape);
  }

  /** Returns the axes in another order; reversed if none are given. */
  default SymbolicTensor transpose(int... axes) {
    return Operation.of("Transpose", symbolic(), Axes.orAll(axes));
  }

  /** Returns this tensor with an axis of size 1 put in before {@code axis}. */
  default SymbolicTensor expandDims(int axis) {
    return Operation.of("ExpandDims", symbolic(), axis);
  }

  /** Returns so many equal parts along an axis. */
  default List<SymbolicTensor> split(int sections, int axis) {
    return Operation.all("Split", symbolic(), sections, axis);
  }

  /** Returns the parts between the given places of an axis, and before and after them. */
  default List<SymbolicTensor> splitAt(List<Integer> places, int axis) {
    return Operation.all("Split", symbolic(), places, axis);
  }

  /** Returns the matrix product, of the last two axes. */
  default SymbolicTensor matmul(Symbolic other) {
    return Operation.of("Matmul", symbolic(), other);
  }
}
