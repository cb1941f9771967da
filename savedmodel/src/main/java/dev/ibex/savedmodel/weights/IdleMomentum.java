package dev.ibex.savedmodel.weights;

import dev.ibex.Model;
import dev.ibex.optimizers.SGD;

/** The momentum of zeros that Keras 2.11 and later keep for SGD without momentum. */
public final class IdleMomentum {
  private IdleMomentum() {}

  /** Returns whether files of Keras 2 have one for a compiled model, which needs none. */
  public static boolean of(Model model) {
    return OptimizerNames.changing(model) instanceof SGD sgd && sgd.momentum() == 0;
  }
}
