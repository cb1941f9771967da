package dev.ibex.core;

import java.util.List;

/**
 * What is computed along axes of a symbolic tensor; axes may count from the end, the batch is axis
 * 0. Source: {@code keras.ops}.
 */
interface ReductionMethods extends OfTensor {
  /** Returns the sum along axes; of all elements if no axes are given. */
  default SymbolicTensor sum(int... axes) {
    return sum(false, axes);
  }

  /** As {@link #sum(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor sum(boolean keepdims, int... axes) {
    return Operation.of("Sum", symbolic(), Axes.orAll(axes), keepdims);
  }

  /**
   * Returns the mean along axes, float32 for whole numbers; of all elements if no axes are given.
   */
  default SymbolicTensor mean(int... axes) {
    return mean(false, axes);
  }

  /** As {@link #mean(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor mean(boolean keepdims, int... axes) {
    return Operation.of("Mean", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns the largest along axes; of all elements if no axes are given. */
  default SymbolicTensor max(int... axes) {
    return max(false, axes);
  }

  /** As {@link #max(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor max(boolean keepdims, int... axes) {
    return Operation.of("Max", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns whether one along axes is true, or not 0; of all elements if no axes are given. */
  default SymbolicTensor any(int... axes) {
    return any(false, axes);
  }

  /** As {@link #any(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor any(boolean keepdims, int... axes) {
    return Operation.of("Any", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns where along an axis the largest element is, the first of equals; int32. */
  default SymbolicTensor argmax(int axis) {
    return Operation.of("Argmax", symbolic(), axis);
  }

  /** Returns mean and variance along axes. */
  default List<SymbolicTensor> moments(int... axes) {
    return Operation.all("Moments", symbolic(), axes);
  }
}
