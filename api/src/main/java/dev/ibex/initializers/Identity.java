package dev.ibex.initializers;

import dev.ibex.core.Extra;
import dev.ibex.core.Initializer;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * {@code gain} on the diagonal of a matrix, zero elsewhere. Source: {@code
 * keras.initializers.Identity}.
 *
 * @param gain the factor; default 1. Keras reads it from files but does not write it
 */
public record Identity(@Extra double gain) implements Initializer {
  /** Returns the initializer with its default gain. */
  public static Identity of() {
    return new Identity(1);
  }

  /** Returns this initializer with another factor. */
  public Identity gain(double g) {
    return new Identity(g);
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.ibex.core.ShapeException unless the weight is a matrix
   */
  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long seed) {
    Fans.requireRank(shape, shape.numDimensions() == 2, "rank 2");
    int rows = (int) shape.get(0);
    int columns = (int) shape.get(1);
    Operand<TNumber> diagonal =
        Draws.filled(tf, Shape.of(Math.min(rows, columns)), DType.FLOAT64, gain);
    return Numbers.cast(
        tf,
        tf.linalg.matrixDiag(
            diagonal,
            tf.constant(0),
            tf.constant(rows),
            tf.constant(columns),
            Numbers.constant(tf, DType.FLOAT64, 0)),
        dtype);
  }
}
