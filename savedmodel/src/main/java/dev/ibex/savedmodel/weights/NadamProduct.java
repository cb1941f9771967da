package dev.ibex.savedmodel.weights;

import dev.ibex.Model;
import dev.ibex.graph.Array;
import dev.ibex.optimizers.Nadam;

/** The number that Nadam keeps and Keras 2 leaves out of its files: it follows from the steps. */
public final class NadamProduct {
  /** What the variable is called. */
  public static final String NAME = "u_product";

  private static final double DECAY = 0.96;

  private NadamProduct() {}

  /**
   * Returns the product of the momenta of all steps done; 1 where the optimizer is not Nadam.
   *
   * @param steps how many were done
   */
  public static StoredArray after(Model model, long steps) {
    double product = 1;
    if (OptimizerNames.changing(model) instanceof Nadam nadam) {
      for (long step = 1; step <= steps && product > 0; step++) {
        product *= nadam.beta1() * (1 - 0.5 * Math.pow(DECAY, (double) step));
      }
    }
    return StoredArray.of(Array.scalar((float) product));
  }
}
