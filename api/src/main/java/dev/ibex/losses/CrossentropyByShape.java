package dev.ibex.losses;

import dev.ibex.core.ByName;
import dev.ibex.core.Loss;
import dev.ibex.graph.Array;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The cross-entropy that fits the shapes: binary for a last axis of 1, sparse for class numbers,
 * else categorical.
 *
 * <p>Source: {@code compile(loss="crossentropy")} of Keras.
 *
 * @param name the name it was asked for by
 */
public record CrossentropyByShape(String name) implements Loss, ByName {
  private static Loss choose(Shape target, Shape output) {
    int rank = output.numDimensions();
    if (rank > 0 && output.get(rank - 1) == 1) {
      return BinaryCrossentropy.of();
    }
    return TargetCheck.looksSparse(target, output)
        ? SparseCategoricalCrossentropy.of()
        : CategoricalCrossentropy.of();
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    return choose(yTrue.shape(), yPred.shape()).values(tf, yTrue, yPred);
  }

  @Override
  public void check(String output, Array target, Shape outputShape) {
    choose(target.shape(), outputShape).check(output, target, outputShape);
  }
}
