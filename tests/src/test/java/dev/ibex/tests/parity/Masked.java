package dev.ibex.tests.parity;

import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.types.TBool;

/** Gives its first input its second as the mask. */
final class Masked extends Layer {
  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return inputs.subList(0, 1);
  }

  /** Some layers look at the type that comes in. */
  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected List<Operand<?>> call(Call call) {
    return List.of(call.input(0));
  }

  @Override
  protected Optional<Operand<TBool>> computeMask(Call call) {
    return Optional.of(Numbers.as(call.input(1)));
  }
}
