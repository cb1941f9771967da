package dev.ibex;

import dev.ibex.core.Optimizer;
import dev.ibex.core.OptimizerOptions;
import dev.ibex.core.OptimizerStep;
import dev.ibex.core.Variable;
import dev.ibex.core.WeightSpec;
import java.util.List;
import org.tensorflow.op.Op;

/** A user's optimizer: w -= rate · gradient. */
record Descent(OptimizerOptions options) implements Optimizer {
  static Descent of(double rate) {
    return new Descent(OptimizerOptions.of("descent", rate));
  }

  @Override
  public List<WeightSpec> slots(Variable weight) {
    return List.of();
  }

  @Override
  public Op update(OptimizerStep step) {
    return step.after()
        .assignSubVariableOp(
            step.handle(), step.tf().math.mul(step.learningRate(), step.gradient()));
  }
}
