package dev.ibex.core;

/** How a loss turns the values of a batch's elements into one number. */
public enum Reduction {
  /** The mean over all elements: the default. */
  @Key(value = "sum_over_batch_size", formerly = "auto")
  SUM_OVER_BATCH_SIZE,
  /** The sum over all elements. */
  SUM,
  /** The mean over all elements. */
  MEAN,
  /** The weighted sum divided by the sum of the weights. */
  MEAN_WITH_SAMPLE_WEIGHT,
  /** No reduction: one value an element; cannot train. */
  NONE
}
