package dev.ibex.core;

/**
 * What is computed along axes of a symbolic tensor of all elements but those that are not numbers.
 * Source: {@code keras.ops}.
 */
interface NanMethods extends OfTensor {
  /** Returns the largest of what is a number, along axes; of all elements if no axes are given. */
  default SymbolicTensor nanmax(int... axes) {
    return Operation.of("Nanmax", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #nanmax(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor nanmax(boolean keepdims, int... axes) {
    return Operation.of("Nanmax", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns the smallest of what is a number, along axes; of all elements if no axes are given. */
  default SymbolicTensor nanmin(int... axes) {
    return Operation.of("Nanmin", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #nanmin(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor nanmin(boolean keepdims, int... axes) {
    return Operation.of("Nanmin", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns the sum of what is a number, along axes; of all elements if no axes are given. */
  default SymbolicTensor nansum(int... axes) {
    return Operation.of("Nansum", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #nansum(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor nansum(boolean keepdims, int... axes) {
    return Operation.of("Nansum", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns the product of what is a number, along axes; of all elements if no axes are given. */
  default SymbolicTensor nanprod(int... axes) {
    return Operation.of("Nanprod", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #nanprod(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor nanprod(boolean keepdims, int... axes) {
    return Operation.of("Nanprod", symbolic(), Axes.orAll(axes), keepdims);
  }

  /** Returns the mean of what is a number, along axes; of all elements if no axes are given. */
  default SymbolicTensor nanmean(int... axes) {
    return Operation.of("Nanmean", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #nanmean(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor nanmean(boolean keepdims, int... axes) {
    return Operation.of("Nanmean", symbolic(), Axes.orAll(axes), keepdims);
  }

  /**
   * Returns the root of the mean square distance from the mean of what is a number, along axes; of
   * all elements if no axes are given.
   */
  default SymbolicTensor nanstd(int... axes) {
    return Operation.of("Nanstd", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #nanstd(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor nanstd(boolean keepdims, int... axes) {
    return Operation.of("Nanstd", symbolic(), Axes.orAll(axes), keepdims);
  }

  /**
   * Returns the mean square distance from the mean of what is a number, along axes; of all elements
   * if no axes are given.
   */
  default SymbolicTensor nanvar(int... axes) {
    return Operation.of("Nanvar", symbolic(), Axes.orAll(axes));
  }

  /** As {@link #nanvar(int...)}, where {@code keepdims} leaves reduced axes with size 1. */
  default SymbolicTensor nanvar(boolean keepdims, int... axes) {
    return Operation.of("Nanvar", symbolic(), Axes.orAll(axes), keepdims);
  }
}
