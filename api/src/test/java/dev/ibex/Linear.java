package dev.ibex;

import dev.ibex.core.Call;
import dev.ibex.core.Shapes;
import dev.ibex.core.UnaryLayer;
import dev.ibex.core.WeightSpec;
import dev.ibex.graph.Numbers;
import dev.ibex.graph.StatelessRandom;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.family.TNumber;

/** A user's layer without a config: y = x · kernel. */
final class Linear extends UnaryLayer {
  private final int units;

  Linear(int units) {
    this.units = units;
  }

  @Override
  protected List<WeightSpec> weights(Shape in) {
    return List.of(
        WeightSpec.of(
            "kernel",
            Shape.of(in.get(-1), units),
            (tf, shape, dtype, seed) ->
                Numbers.of(
                    StatelessRandom.normal(
                        tf,
                        StatelessRandom.key(tf, seed, tf.constant(0L)),
                        Numbers.as(
                            tf.dtypes.cast(tf.constant(shape), org.tensorflow.types.TInt32.class)),
                        dtype))));
  }

  @Override
  protected Shape outputShape(Shape in) {
    return Shapes.withLast(in, units);
  }

  @Override
  protected Operand<TNumber> call(Call call, Operand<TNumber> x) {
    return call.tf().linalg.matMul(x, call.weight("kernel"));
  }
}
