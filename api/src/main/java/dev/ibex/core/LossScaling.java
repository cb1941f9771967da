package dev.ibex.core;

/**
 * How a loss is scaled so that float16 gradients do not vanish.
 *
 * @param initialScale the factor of the first step
 * @param growthSteps the finite steps after which the factor doubles; it halves where one is not
 */
public record LossScaling(double initialScale, int growthSteps) {
  /** Keras's: 32768 at first, to be doubled after 2000 steps. */
  public static final LossScaling DEFAULT = new LossScaling(32768, 2000);

  /** Checks the values. */
  public LossScaling {
    Check.that(
        initialScale > 0 && Double.isFinite(initialScale),
        "initialScale: expected a positive number, got %s",
        initialScale);
    Check.positive("dynamicGrowthSteps", growthSteps);
  }
}
