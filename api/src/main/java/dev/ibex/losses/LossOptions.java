package dev.ibex.losses;

import dev.ibex.core.Check;
import dev.ibex.core.Extra;
import dev.ibex.core.Reduction;
import dev.ibex.graph.DType;

/**
 * What every loss can be given.
 *
 * @param name the name
 * @param reduction how the values of a batch become one number
 * @param dtype the type of the computation
 */
public record LossOptions(String name, Reduction reduction, @Extra DType dtype) {
  /** Checks the type. */
  public LossOptions {
    Check.that(dtype.isFloating(), "dtype: expected a floating type, got %s", dtype.lowerName());
  }

  /** Returns the options of a loss with a name: the mean over all values, in float32. */
  public static LossOptions of(String name) {
    return new LossOptions(name, Reduction.SUM_OVER_BATCH_SIZE, DType.FLOAT32);
  }
}
