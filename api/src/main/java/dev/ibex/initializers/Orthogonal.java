package dev.ibex.initializers;

import dev.ibex.core.Initializer;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * A random matrix with orthogonal rows or columns, whichever are fewer, times {@code gain}.
 *
 * <p>A weight of higher rank is such a matrix of its last axis and all others. Source: {@code
 * keras.initializers.Orthogonal}.
 *
 * @param seed what to draw from; by default the model's choice
 * @param gain the factor; default 1
 */
public record Orthogonal(Optional<Long> seed, double gain) implements Initializer {
  /** Returns the initializer with its defaults. */
  public static Orthogonal of() {
    return new Orthogonal(Optional.empty(), 1);
  }

  /** Returns this initializer with a seed of its own. */
  public Orthogonal seed(long s) {
    return new Orthogonal(Optional.of(s), gain);
  }

  /** Returns this initializer with another factor. */
  public Orthogonal gain(double g) {
    return new Orthogonal(seed, g);
  }

  /**
   * {@inheritDoc}
   *
   * @throws dev.ibex.core.ShapeException if the weight has fewer than two axes
   */
  @Override
  public Operand<TNumber> apply(Ops tf, Shape shape, DType dtype, long modelSeed) {
    Fans.requireRank(shape, shape.numDimensions() >= 2, "rank 2 or more");
    DType drawn = dtype == DType.FLOAT64 ? DType.FLOAT64 : DType.FLOAT32;
    long columns = shape.get(-1);
    long rows = shape.size() / columns;
    Shape tall = Shape.of(Math.max(rows, columns), Math.min(rows, columns));
    var qr = tf.linalg.qr(new Draws(tf, tall, drawn, seed, modelSeed).normal(0, 1));
    // QR is unique, and so its Q uniformly distributed, only if R's diagonal is positive.
    Operand<TNumber> sign = tf.math.sign(tf.linalg.tensorDiagPart(qr.r()));
    Operand<TNumber> q = tf.math.mul(qr.q(), sign);
    Operand<TNumber> flat =
        rows < columns ? tf.linalg.transpose(q, tf.constant(new int[] {1, 0})) : q;
    Operand<TNumber> scaled = tf.math.mul(flat, Numbers.constant(tf, drawn, gain));
    return Numbers.cast(tf, tf.reshape(scaled, Draws.dims(tf, shape)), dtype);
  }
}
