package dev.ibex.core;

import dev.ibex.graph.DType;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A figure that is gathered over batches.
 *
 * <p>A metric is a pure function of its state: it declares the state, says how a batch changes it
 * and what the state means. Who holds the state, a training model or a {@link MetricState} on the
 * heap, is not its concern. Immutable. Source: {@code keras.metrics.Metric}.
 */
public interface Metric {
  /** Returns the key in histories. */
  String name();

  /** Returns the same metric under another name. */
  Metric named(String name);

  /** Returns the type of the state and of the computation on it; default float32. */
  default DType dtype() {
    return DType.FLOAT32;
  }

  /** Declares the state, of type {@link #dtype}, for targets and outputs of the given shapes. */
  List<WeightSpec> state(Shape yTrue, Shape yPred);

  /** Returns the state after a batch. */
  List<Operand<TNumber>> update(Batch batch);

  /**
   * Returns the figure: a scalar, or a vector such as one for each class, whose elements have the
   * keys {@code name[0]}, {@code name[1]}… in histories.
   */
  Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state);

  /**
   * Returns the metric that this one stands for with targets and outputs of the given shapes, as
   * {@code accuracy} stands for one of three; by default itself.
   */
  default Metric resolve(Shape yTrue, Shape yPred) {
    return this;
  }

  /** Returns whether a larger figure is better; callbacks use it for their mode "auto". */
  default boolean largerIsBetter() {
    return false;
  }

  /**
   * One batch.
   *
   * @param tf the emitter of ops
   * @param state the state before the batch
   * @param yTrue the target, of its own type
   * @param yPred the output with its mask
   * @param sampleWeight a float32 weight for each sample or element
   */
  record Batch(
      Ops tf,
      List<Operand<TNumber>> state,
      Operand<?> yTrue,
      Value yPred,
      Optional<Operand<TNumber>> sampleWeight) {}
}
