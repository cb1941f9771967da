package dev.ibex.core;

import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * A metric that is the weighted mean of one value a sample.
 *
 * <p>Source: {@code keras.metrics.MeanMetricWrapper}.
 */
public interface MeanMetric extends RunningMean {
  /**
   * Returns a value for each sample or element; axes after those of the weights are averaged.
   *
   * @param yTrue the target, of its own type
   * @param yPred the output, of its own type
   */
  Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred);

  /**
   * Returns which values count at all, where there are weights or a mask; default all.
   *
   * @param yTrue the target, of its own type
   * @param yPred the output, of its own type
   * @param values what {@link #values} returned
   */
  default Optional<Operand<TBool>> counted(
      Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred, Operand<TNumber> values) {
    return Optional.empty();
  }

  /** Returns a scalar that starts at 0. */
  static WeightSpec zero(String name) {
    return zeros(name, Shape.scalar());
  }

  /** Returns a state of some shape that starts at 0. */
  static WeightSpec zeros(String name, Shape shape) {
    return WeightSpec.of(
            name,
            shape,
            (tf, dims, dtype, seed) ->
                tf.fill(tf.constant(dims.asArray()), Numbers.constant(tf, dtype, 0)))
        .untrainable();
  }

  @Override
  default List<Operand<TNumber>> update(Batch batch) {
    Ops tf = batch.tf();
    Operand<TNumber> yTrue = Numbers.of(batch.yTrue());
    Operand<TNumber> yPred = Numbers.of(batch.yPred().tensor());
    Operand<TNumber> values = values(tf, yTrue, yPred);
    Optional<Operand<TNumber>> weight =
        Weighting.masked(
            tf,
            batch.sampleWeight().map(w -> Numbers.cast(tf, w, dtype())),
            batch.yPred().mask(),
            dtype(),
            Reduction.SUM);
    if (weight.isPresent()) {
      weight =
          Weighting.masked(tf, weight, counted(tf, yTrue, yPred, values), dtype(), Reduction.SUM);
    }
    return add(batch, Numbers.cast(tf, values, dtype()), weight);
  }

  /** Returns total and count after more values. */
  static List<Operand<TNumber>> add(
      Batch batch, Operand<TNumber> values, Optional<Operand<TNumber>> weight) {
    Ops tf = batch.tf();
    Weighting.Pair samples = Weighting.samplewise(tf, values, weight);
    return List.of(
        tf.math.add(batch.state().get(0), Weighting.sum(tf, samples.first())),
        tf.math.add(batch.state().get(1), Weighting.sum(tf, samples.second())));
  }
}
