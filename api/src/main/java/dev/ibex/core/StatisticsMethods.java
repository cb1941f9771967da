package dev.ibex.core;

/**
 * More of what is computed along axes of a symbolic tensor; axes may count from the end, the batch
 * is axis 0. Source: {@code keras.ops}.
 */
interface StatisticsMethods extends OfTensor {
  /** Returns the smallest along axes; of all elements if no axes are given. */
  default SymbolicTensor min(int... axes) {
    return Operation.of("Min", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #min(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor min(boolean keepdims, int... axes) {
    return Operation.of("Min", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns whether all are true, or not 0, along axes; of all elements if no axes are given. */
  default SymbolicTensor all(int... axes) {
    return Operation.of("All", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #all(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor all(boolean keepdims, int... axes) {
    return Operation.of("All", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns the product along axes; of all elements if no axes are given. */
  default SymbolicTensor prod(int... axes) {
    return Operation.of("Prod", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #prod(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor prod(boolean keepdims, int... axes) {
    return Operation.of("Prod", symbolic(), Axes.orAll(axes), keepdims);
  }

  /**
   * Returns the root of the mean square distance from the mean along axes; of all elements if no
   * axes are given.
   */
  default SymbolicTensor std(int... axes) {
    return Operation.of("Std", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #std(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor std(boolean keepdims, int... axes) {
    return Operation.of("Std", symbolic(), Axes.orAll(axes), keepdims);
  }

  /**
   * Returns the mean square distance from the mean along axes; of all elements if no axes are
   * given.
   */
  default SymbolicTensor variance(int... axes) {
    return Operation.of("Var", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #variance(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor variance(boolean keepdims, int... axes) {
    return Operation.of("Var", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns the middle of the sorted elements along axes; of all elements if no axes are given. */
  default SymbolicTensor median(int... axes) {
    return Operation.of("Median", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #median(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor median(boolean keepdims, int... axes) {
    return Operation.of("Median", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns the largest minus the smallest along axes; of all elements if no axes are given. */
  default SymbolicTensor ptp(int... axes) {
    return Operation.of("Ptp", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #ptp(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor ptp(boolean keepdims, int... axes) {
    return Operation.of("Ptp", symbolic(), Axes.orAll(axes), keepdims);
  }

  /**
   * Returns the logarithm of the sum of exponentials along axes; of all elements if no axes are
   * given.
   */
  default SymbolicTensor logsumexp(int... axes) {
    return Operation.of("Logsumexp", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #logsumexp(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor logsumexp(boolean keepdims, int... axes) {
    return Operation.of("Logsumexp", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns where along an axis the smallest element is, the first of equals; int32. */
  default SymbolicTensor argmin(int axis) {
    return Operation.of("Argmin", symbolic(), axis);
  }

  /** Returns how many along axes are not 0; of all elements if no axes are given. */
  default SymbolicTensor countNonzero(int... axes) {
    return Operation.of("CountNonzero", symbolic(), Axes.orAll(axes));
  }

  /** Returns the mean along an axis, each element counted by its weight. */
  default SymbolicTensor average(Symbolic weights, int axis) {
    return Operation.of("Average", symbolic(), weights, axis);
  }

  /**
   * Returns the element that a part {@code q} of the others along axes is below, from 0 to 1,
   * between two neighbours.
   */
  default SymbolicTensor quantile(double q, int... axes) {
    return Operation.of("Quantile", symbolic(), q, Axes.orAll(axes));
  }

  /** As {@link #quantile(double, int...)}, of a part from 0 to 100. */
  default SymbolicTensor percentile(double q, int... axes) {
    return Operation.of("Percentile", symbolic(), q, Axes.orAll(axes));
  }

  /** Returns the length of vectors along an axis. */
  default SymbolicTensor norm(int axis) {
    return Operation.of("Norm", symbolic(), null, axis);
  }

  /** Returns the norm of an order, such as 1 or infinity, along one axis or two. */
  default SymbolicTensor norm(double order, boolean keepdims, int... axes) {
    return Operation.of("Norm", symbolic(), order, axes, keepdims);
  }

  /** Returns the sums of each element and those before it along an axis. */
  default SymbolicTensor cumsum(int axis) {
    return Operation.of("Cumsum", symbolic(), axis);
  }

  /** Returns the products of each element and those before it along an axis. */
  default SymbolicTensor cumprod(int axis) {
    return Operation.of("Cumprod", symbolic(), axis);
  }

  /** Returns each element minus the one before it along an axis. */
  default SymbolicTensor diff(int axis) {
    return Operation.of("Diff", symbolic(), 1, axis);
  }

  /** Returns the integral along an axis of points that are {@code dx} apart. */
  default SymbolicTensor trapezoid(double dx, int axis) {
    return Operation.of("Trapezoid", symbolic(), null, dx, axis);
  }
}
