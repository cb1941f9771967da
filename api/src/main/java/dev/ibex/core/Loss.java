package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * What training makes small; a lambda will do.
 *
 * <p>A loss says what each element costs; types, weights, masks and the reduction are applied
 * around it, as in {@code keras.losses.Loss}.
 */
@FunctionalInterface
public interface Loss {
  /**
   * Returns the cost of each element, such as {@code [batch]} for two matrices.
   *
   * @param yTrue the target, in the loss's type and, where they differ by a last axis of 1, of the
   *     output's rank
   * @param yPred the output, in the loss's type
   */
  Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred);

  /**
   * Returns which of the values count, beside the output's own mask; by default all.
   *
   * <p>What does not count is left out of the mean.
   *
   * @param values what {@link #values} returned for {@code yTrue}
   */
  default Optional<Operand<TBool>> mask(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> values) {
    return Optional.empty();
  }

  /**
   * Returns the loss of a batch: by default the values with their weights, reduced, as Keras does
   * it. A loss that weights and reduces by itself says how instead.
   *
   * @param mask which steps of the output count; empty if all do
   * @param sampleWeight a weight for each sample or element; empty for equal ones
   */
  default Operand<TNumber> reduced(
      Ops tf,
      Operand<TNumber> yTrue,
      Operand<TNumber> yPred,
      Optional<Operand<TBool>> mask,
      Optional<Operand<TNumber>> sampleWeight) {
    return Weighting.reduced(tf, this, yTrue, yPred, mask, sampleWeight);
  }

  /** Returns the name. */
  default String name() {
    return "loss";
  }

  /** Returns the reduction; default the mean over all elements. */
  default Reduction reduction() {
    return Reduction.SUM_OVER_BATCH_SIZE;
  }

  /** Returns the type of the computation; default float32. */
  default DType dtype() {
    return DType.FLOAT32;
  }

  /**
   * Returns whether targets of an integer type stay so, instead of being cast to the loss's type;
   * default false.
   */
  default boolean integerTargets() {
    return false;
  }

  /**
   * Checks a target before training begins.
   *
   * @throws IllegalArgumentException if the loss cannot take it
   */
  default void check(String output, Array target, Shape outputShape) {}

  /**
   * Returns the loss of a batch on the heap: a scalar, or one value an element. A target of another
   * shape is broadcast, as in Keras; only training refuses it.
   */
  default Array value(Array yTrue, Array yPred) {
    return Evaluation.of(
            (tf, in) ->
                List.of(Weighting.loss(tf, this, in.get(0), Value.of(in.get(1)), Optional.empty())),
            yTrue,
            yPred)
        .get(0);
  }

  /** Returns the loss of a batch on the heap with a weight for each sample or element. */
  default Array value(Array yTrue, Array yPred, Array sampleWeight) {
    return Evaluation.of(
            (tf, in) ->
                List.of(
                    Weighting.loss(
                        tf, this, in.get(0), Value.of(in.get(1)), Optional.of(in.get(2)))),
            yTrue,
            yPred,
            sampleWeight)
        .get(0);
  }
}
