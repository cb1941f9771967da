package dev.ibex.savedmodel.weights;

import dev.ibex.Model;
import dev.ibex.core.Optimizer;
import dev.ibex.optimizers.LossScaleOptimizer;
import java.util.Optional;

/**
 * What files call the optimizer of a compiled model.
 *
 * @param scaling the one that scales the loss, round the other; empty if the loss is not scaled
 * @param optimizer the one that changes the weights
 */
public record OptimizerNames(Optional<String> scaling, String optimizer) {
  /** How many variables a scaling optimizer has before those of the one inside it. */
  public static final int SCALING = 4;

  /** What Keras calls the optimizer that scales a loss by itself. */
  private static final String BY_ITSELF = "loss_scale_optimizer";

  /** Returns the optimizer of a compiled model that changes the weights. */
  static Optimizer changing(Model model) {
    Optimizer optimizer = model.compilation().orElseThrow().optimizer();
    return optimizer instanceof LossScaleOptimizer s ? s.innerOptimizer() : optimizer;
  }

  /** Returns the names for a compiled model. */
  public static OptimizerNames of(Model model) {
    Optimizer optimizer = model.compilation().orElseThrow().optimizer();
    String scaling = optimizer instanceof LossScaleOptimizer s ? s.name() : BY_ITSELF;
    return new OptimizerNames(
        model.scalesLoss() ? Optional.of(scaling) : Optional.empty(), optimizer.options().name());
  }
}
