package dev.ibex.core;

import java.util.List;

/**
 * Elements of a symbolic tensor in order, at places and in groups; axes may count from the end, the
 * batch is axis 0. Source: {@code keras.ops}.
 */
interface IndexMethods extends OfTensor {
  /** Returns the elements along an axis, smallest first. */
  default SymbolicTensor sort(int axis) {
    return Operation.of("Sort", symbolic(), axis);
  }

  /** Returns the places of the elements along an axis, smallest first; int32. */
  default SymbolicTensor argsort(int axis) {
    return Operation.of("Argsort", symbolic(), axis);
  }

  /** Returns the largest elements along the last axis, largest first, and their places. */
  default List<SymbolicTensor> topK(int k) {
    return Operation.all("TopK", symbolic(), k);
  }

  /** Returns whether each of these class numbers is among the k largest predictions. */
  default SymbolicTensor inTopK(Symbolic predictions, int k) {
    return Operation.of("InTopK", symbolic(), predictions, k);
  }

  /** Returns where values belong in this sorted vector, before equals; int32. */
  default SymbolicTensor searchsorted(Symbolic values) {
    return Operation.of("SearchSorted", symbolic(), values);
  }

  /** As {@link #searchsorted(Symbolic)}, on a side of equals: left or right. */
  default SymbolicTensor searchsorted(Symbolic values, String side) {
    return Operation.of("SearchSorted", symbolic(), values, side);
  }

  /** Returns the elements at places of an axis. */
  default SymbolicTensor take(Symbolic indices, int axis) {
    return Operation.of("Take", symbolic(), indices, axis);
  }

  /** Returns the elements at places of an axis. */
  default SymbolicTensor take(List<Integer> indices, int axis) {
    return Operation.of("Take", symbolic(), indices, axis);
  }

  /** Returns for each other place the elements at its own places of an axis. */
  default SymbolicTensor takeAlongAxis(Symbolic indices, int axis) {
    return Operation.of("TakeAlongAxis", symbolic(), indices, axis);
  }

  /** Returns how often each number from 0 on is among these; its size is known at run time. */
  default SymbolicTensor bincount(int minlength) {
    return Operation.of("Bincount", symbolic(), null, minlength);
  }

  /** As {@link #bincount(int)}, where each element counts as much as its weight. */
  default SymbolicTensor bincount(Symbolic weights, int minlength) {
    return Operation.of("Bincount", symbolic(), weights, minlength);
  }

  /** Returns a block from a computed place on, with a size for each axis; -1 is the rest. */
  default SymbolicTensor slice(Symbolic start, int... shape) {
    return Operation.of("Slice", symbolic(), start, shape);
  }

  /** Returns this tensor with a block replaced from a place on. */
  default SymbolicTensor sliceUpdate(List<Integer> start, Symbolic updates) {
    return Operation.of("SliceUpdate", symbolic(), start, updates);
  }

  /** As {@link #sliceUpdate(List, Symbolic)}, from a computed place on. */
  default SymbolicTensor sliceUpdate(Symbolic start, Symbolic updates) {
    return Operation.of("SliceUpdate", symbolic(), start, updates);
  }

  /** Returns zeros of a shape with these values at places. */
  default SymbolicTensor scatter(Symbolic indices, int... shape) {
    return Operation.of("Scatter", indices, symbolic(), shape);
  }

  /** Returns this tensor with the elements at places replaced. */
  default SymbolicTensor scatterUpdate(Symbolic indices, Symbolic updates) {
    return Operation.of("ScatterUpdate", symbolic(), indices, updates);
  }

  /**
   * As {@link #scatterUpdate(Symbolic, Symbolic)} by a reduction with what is there: add, max, min
   * or mul.
   */
  default SymbolicTensor scatterUpdate(Symbolic indices, Symbolic updates, String reduction) {
    return Operation.of("ScatterUpdate", symbolic(), indices, updates, reduction);
  }

  /** Returns the sums of the rows of each of so many groups. */
  default SymbolicTensor segmentSum(Symbolic ids, int segments) {
    return Operation.of("SegmentSum", symbolic(), ids, segments);
  }

  /** Returns the largest of the rows of each of so many groups. */
  default SymbolicTensor segmentMax(Symbolic ids, int segments) {
    return Operation.of("SegmentMax", symbolic(), ids, segments);
  }

  /** Returns the smallest of the rows of each of so many groups. */
  default SymbolicTensor segmentMin(Symbolic ids, int segments) {
    return Operation.of("SegmentMin", symbolic(), ids, segments);
  }

  /** Returns the products of the rows of each of so many groups. */
  default SymbolicTensor segmentProd(Symbolic ids, int segments) {
    return Operation.of("SegmentProd", symbolic(), ids, segments);
  }
}
