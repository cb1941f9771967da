package dev.ibex.metrics;

import dev.ibex.core.ByName;
import dev.ibex.core.Metric;
import dev.ibex.core.WeightSpec;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The accuracy that fits the shapes: {@link BinaryAccuracy} for outputs with a last axis of 1,
 * {@link SparseCategoricalAccuracy} for targets of fewer axes or with a last axis of 1, else {@link
 * CategoricalAccuracy}.
 *
 * <p>Source: {@code compile(metrics=["accuracy"])} of Keras.
 *
 * @param name the key in histories
 */
public record AccuracyByShape(String name) implements Metric, ByName {
  @Override
  public AccuracyByShape named(String name) {
    return new AccuracyByShape(name);
  }

  @Override
  public Metric resolve(Shape yTrue, Shape yPred) {
    if (last(yPred) == 1) {
      return BinaryAccuracy.of().named(name);
    }
    if (yTrue.numDimensions() < yPred.numDimensions() || (last(yTrue) == 1 && last(yPred) > 1)) {
      return SparseCategoricalAccuracy.of().named(name);
    }
    return CategoricalAccuracy.of().named(name);
  }

  private static long last(Shape s) {
    return s.numDimensions() == 0 ? 0 : s.get(s.numDimensions() - 1);
  }

  @Override
  public List<WeightSpec> state(Shape yTrue, Shape yPred) {
    return resolve(yTrue, yPred).state(yTrue, yPred);
  }

  @Override
  public List<Operand<TNumber>> update(Batch batch) {
    return resolve(batch.yTrue().shape(), batch.yPred().tensor().shape()).update(batch);
  }

  @Override
  public Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    return tf.math.divNoNan(state.get(0), state.get(1));
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
