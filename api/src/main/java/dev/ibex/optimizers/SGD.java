package dev.ibex.optimizers;

import dev.ibex.core.Check;
import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Records;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import java.util.List;
import org.tensorflow.op.Op;
import org.tensorflow.op.train.ResourceApplyKerasMomentum;

/**
 * Gradient descent: w -= rate · g; with momentum: m = momentum · m - rate · g and w += m, or with
 * Nesterov's: w += momentum · m - rate · g.
 *
 * <p>Slots: {@code momentum}, unless it is 0. Source: {@code keras.optimizers.SGD}.
 *
 * @param options name, learning rate, decay, clipping
 * @param momentum how much of the last change is repeated, from 0 to 1
 * @param nesterov whether the gradient is added once more
 */
public record SGD(OptimizerOptions options, double momentum, boolean nesterov)
    implements Optimizer.Common<SGD> {
  /** Checks the momentum. */
  public SGD {
    Check.rate("momentum", momentum);
  }

  /** Returns the optimizer with Keras's defaults: learning rate 0.01, no momentum. */
  public static SGD of() {
    return of(0.01);
  }

  /** Returns the optimizer with a learning rate and no momentum. */
  public static SGD of(double learningRate) {
    return new SGD(OptimizerOptions.of("sgd", learningRate), 0, false);
  }

  /** Returns this optimizer with momentum; default 0. */
  public SGD momentum(double momentum) {
    return Records.with(this, "momentum", momentum);
  }

  /** Returns this optimizer with Nesterov's momentum; default false. */
  public SGD nesterov(boolean on) {
    return Records.with(this, "nesterov", on);
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return momentum == 0 ? List.of() : List.of(Slots.zeros("momentum", weight));
  }

  @Override
  public Op update(OptimizerStep step) {
    if (momentum == 0) {
      return step.after()
          .train
          .resourceApplyGradientDescent(step.handle(), step.learningRate(), step.gradient());
    }
    return step.after()
        .train
        .resourceApplyKerasMomentum(
            step.handle(),
            step.slot("momentum"),
            step.learningRate(),
            step.gradient(),
            step.constant(momentum),
            ResourceApplyKerasMomentum.useNesterov(nesterov));
  }
}
