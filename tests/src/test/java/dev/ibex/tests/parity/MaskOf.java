package dev.ibex.tests.parity;

import dev.ibex.core.Call;
import dev.ibex.core.Layer;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;

/** Returns its input's mask; a vector of true where there is none. */
final class MaskOf extends Layer {
  @Override
  protected boolean usesMask() {
    return true;
  }

  @Override
  protected List<TensorSpec> outputs(List<TensorSpec> inputs) {
    return List.of(new TensorSpec(Shape.of(-1), DType.BOOL));
  }

  @Override
  protected List<Operand<?>> call(Call call) {
    var tf = call.tf();
    var rows =
        tf.slice(tf.shape(call.input(0)), tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    return List.of(
        call.mask(0).isPresent() ? call.mask(0).get() : tf.fill(rows, tf.constant(true)));
  }
}
