package dev.ibex.core;

import java.util.List;

/**
 * More of what puts the elements of a symbolic tensor in another shape or order; axes may count
 * from the end, the batch is axis 0. Source: {@code keras.ops}.
 */
interface ArrangementMethods extends OfTensor {
  /** Returns the elements in one axis, batch included. */
  default SymbolicTensor ravel() {
    return Operation.of("Ravel", symbolic());
  }

  /** Returns this tensor without axes of size 1; without all such if none are given. */
  default SymbolicTensor squeeze(int... axes) {
    return Operation.of("Squeeze", symbolic(), Axes.orAll(axes));
  }

  /** Returns the tensor repeated to a shape of known sizes, batch included. */
  default SymbolicTensor broadcastTo(int... shape) {
    return Operation.of("BroadcastTo", symbolic(), shape);
  }

  /** Returns the number of elements, batch included; int32. */
  default SymbolicTensor size() {
    return Operation.of("Size", symbolic());
  }

  /** Returns the tensor with an axis moved to another place. */
  default SymbolicTensor moveaxis(int source, int destination) {
    return Operation.of("Moveaxis", symbolic(), source, destination);
  }

  /** Returns the tensor with two axes exchanged. */
  default SymbolicTensor swapaxes(int axis1, int axis2) {
    return Operation.of("Swapaxes", symbolic(), axis1, axis2);
  }

  /** Returns the elements backwards along axes; along all if none are given. */
  default SymbolicTensor flip(int... axes) {
    return Operation.of("Flip", symbolic(), Axes.orAll(axes));
  }

  /** Returns the elements shifted along an axis; what leaves at the end comes in at the begin. */
  default SymbolicTensor roll(int shift, int axis) {
    return Operation.of("Roll", symbolic(), shift, axis);
  }

  /** Returns the elements turned by {@code k} quarters in the plane of two axes. */
  default SymbolicTensor rot90(int k, int axis1, int axis2) {
    return Operation.of("Rot90", symbolic(), k, new int[] {axis1, axis2});
  }

  /** Returns the tensor so many times along each axis, batch included. */
  default SymbolicTensor tile(int... repeats) {
    return Operation.of("Tile", symbolic(), repeats);
  }

  /** Returns each element along an axis so many times. */
  default SymbolicTensor repeat(int repeats, int axis) {
    return Operation.of("Repeat", symbolic(), repeats, axis);
  }

  /**
   * Returns the tensor with a value before and after each axis: as many as each pair says, batch
   * included.
   */
  default SymbolicTensor pad(double value, List<List<Integer>> widths) {
    return Operation.of("Pad", symbolic(), value, widths);
  }

  /** Returns the tensor with its edges mirrored: {@code mode} is reflect or symmetric. */
  default SymbolicTensor padMirrored(String mode, List<List<Integer>> widths) {
    return Operation.of("Pad", symbolic(), null, widths, mode);
  }

  /** Returns the diagonal of a matrix, or a matrix with this vector as its diagonal. */
  default SymbolicTensor diag(int k) {
    return Operation.of("Diag", symbolic(), k);
  }

  /** Returns a matrix with all elements as its diagonal. */
  default SymbolicTensor diagflat(int k) {
    return Operation.of("Diagflat", symbolic(), k);
  }

  /** Returns the diagonals of matrices in two axes. */
  default SymbolicTensor diagonal(int offset, int axis1, int axis2) {
    return Operation.of("Diagonal", symbolic(), offset, axis1, axis2);
  }

  /** Returns the sums of diagonals of matrices in two axes. */
  default SymbolicTensor trace(int offset, int axis1, int axis2) {
    return Operation.of("Trace", symbolic(), offset, axis1, axis2);
  }

  /** Returns matrices with 0 above a diagonal. */
  default SymbolicTensor tril(int k) {
    return Operation.of("Tril", symbolic(), k);
  }

  /** Returns matrices with 0 below a diagonal. */
  default SymbolicTensor triu(int k) {
    return Operation.of("Triu", symbolic(), k);
  }

  /** Returns so many powers of each element of a vector, the highest first. */
  default SymbolicTensor vander(int count) {
    return Operation.of("Vander", symbolic(), count);
  }

  /** Returns a tensor for each place of an axis. */
  default List<SymbolicTensor> unstack(int axis) {
    return Operation.all("Unstack", symbolic(), null, axis);
  }

  /** Returns so many parts along an axis, the first of which may have one place more. */
  default List<SymbolicTensor> arraySplit(int sections, int axis) {
    return Operation.all("ArraySplit", symbolic(), sections, axis);
  }

  /** Returns so many equal parts along the axis after the batch. */
  default List<SymbolicTensor> hsplit(int sections) {
    return Operation.all("Hsplit", symbolic(), sections);
  }

  /** Returns so many equal parts along the first axis. */
  default List<SymbolicTensor> vsplit(int sections) {
    return Operation.all("Vsplit", symbolic(), sections);
  }

  /** Returns so many equal parts along the third axis. */
  default List<SymbolicTensor> dsplit(int sections) {
    return Operation.all("Dsplit", symbolic(), sections);
  }

  /** Returns the first two axes with the second one backwards. */
  default SymbolicTensor fliplr() {
    return Operation.of("Fliplr", symbolic());
  }

  /** Returns the first axis backwards. */
  default SymbolicTensor flipud() {
    return Operation.of("Flipud", symbolic());
  }
}
