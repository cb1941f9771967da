package dev.ibex.metrics;

import dev.ibex.core.Loss;
import dev.ibex.core.Records;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * Mean of {@link dev.ibex.losses.SparseCategoricalCrossentropy}.
 *
 * <p>Output {@code [..., classes]}, target {@code [...]} or {@code [..., 1]}. Places of the ignored
 * class cost 0; they still count in the mean, unless there are weights or a mask. Source: {@code
 * keras.metrics.SparseCategoricalCrossentropy}.
 *
 * @param options name, type
 * @param fromLogits whether outputs are logits instead of probabilities
 * @param ignoreClass a class number whose places cost 0; empty for none
 * @param axis the axis of the classes
 */
public record SparseCategoricalCrossentropy(
    MetricOptions options, boolean fromLogits, Optional<Integer> ignoreClass, int axis)
    implements LossMetric<SparseCategoricalCrossentropy> {
  /** Returns the metric with Keras's defaults. */
  public static SparseCategoricalCrossentropy of() {
    return new SparseCategoricalCrossentropy(
        MetricOptions.of("sparse_categorical_crossentropy"), false, Optional.empty(), -1);
  }

  /** Returns this metric for outputs that are logits, or not; default false. */
  public SparseCategoricalCrossentropy fromLogits(boolean on) {
    return Records.with(this, "fromLogits", on);
  }

  /** Returns this metric without the places of a class; default none. */
  public SparseCategoricalCrossentropy ignoreClass(int number) {
    return Records.with(this, "ignoreClass", Optional.of(number));
  }

  /** Returns this metric with the classes along another axis; default -1. */
  public SparseCategoricalCrossentropy axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Loss loss() {
    return new dev.ibex.losses.SparseCategoricalCrossentropy(
        dev.ibex.losses.LossOptions.of(name()), fromLogits, ignoreClass, axis);
  }

  @Override
  public Optional<Operand<TBool>> counted(
      Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred, Operand<TNumber> values) {
    return loss().mask(tf, Targets.pair(tf, yTrue, yPred, dtype()).first(), values);
  }
}
