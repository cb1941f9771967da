package dev.ibex.savedmodel.weights;

import dev.ibex.Model;
import dev.ibex.core.Optimizer;
import dev.ibex.optimizers.LossScaleOptimizer;
import dev.ibex.optimizers.SGD;

/** The momentum of zeros that Keras 2.11 and later keep for SGD without momentum. */
public final class IdleMomentum {
  private IdleMomentum() {}

  /** Returns whether files of Keras 2 have one for a compiled model, which needs none. */
  public static boolean of(Model model) {
    Optimizer optimizer = model.compilation().orElseThrow().optimizer();
    Optimizer inner = optimizer instanceof LossScaleOptimizer s ? s.innerOptimizer() : optimizer;
    return inner instanceof SGD sgd && sgd.momentum() == 0;
  }
}
