package dev.ibex.core;

import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/** A metric whose state is a total and a count, and whose result is their ratio; 0 for 0 / 0. */
public interface RunningMean extends Metric {
  @Override
  default List<WeightSpec> state(Shape yTrue, Shape yPred) {
    return List.of(MeanMetric.zero("total"), MeanMetric.zero("count"));
  }

  @Override
  default Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    return tf.math.divNoNan(state.get(0), state.get(1));
  }
}
