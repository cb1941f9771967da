package dev.ibex.regularizers;

import static dev.ibex.graph.Numbers.constant;

import dev.ibex.core.Regularizer;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Sum;
import org.tensorflow.op.linalg.MatMul;
import org.tensorflow.types.family.TNumber;

/**
 * {@code factor} times the mean size of the cosine between two rows, or two columns, of a matrix.
 *
 * <p>Source: {@code keras.regularizers.OrthogonalRegularizer}.
 *
 * @param factor the strength, at least 0; default 0.01
 * @param mode what is to be orthogonal; default {@link Mode#ROWS}
 */
public record OrthogonalRegularizer(double factor, Mode mode) implements Regularizer {
  /** The lower bound of norms. */
  private static final double EPSILON = 1e-7;

  /** The vectors of a matrix. */
  public enum Mode {
    /** Its rows. */
    ROWS,
    /** Its columns. */
    COLUMNS
  }

  /** Checks the strength. */
  public OrthogonalRegularizer {
    Sums.requireStrength("factor", factor);
  }

  /** Returns the penalty with its defaults. */
  public static OrthogonalRegularizer of() {
    return of(0.01, Mode.ROWS);
  }

  /** Returns the penalty. */
  public static OrthogonalRegularizer of(double factor, Mode mode) {
    return new OrthogonalRegularizer(factor, mode);
  }

  /**
   * {@inheritDoc}
   *
   * @throws ShapeException unless x is a matrix of known size
   */
  @Override
  public Operand<TNumber> apply(Ops tf, Operand<TNumber> x) {
    int along = mode == Mode.ROWS ? 0 : 1;
    if (x.shape().numDimensions() != 2 || x.shape().get(along) < 0) {
      throw new ShapeException(
          "OrthogonalRegularizer expects a matrix of known size, got "
              + TensorSpec.text(x.shape()));
    }
    Operand<TNumber> squares =
        tf.sum(tf.math.square(x), tf.constant(1 - along), Sum.keepDims(true));
    Operand<TNumber> inverse =
        tf.math.minimum(tf.math.rsqrt(squares), constant(tf, x, 1 / EPSILON));
    Operand<TNumber> unit = tf.math.mul(x, inverse);
    Operand<TNumber> cosines =
        tf.linalg.matMul(
            unit,
            unit,
            MatMul.transposeA(mode == Mode.COLUMNS),
            MatMul.transposeB(mode == Mode.ROWS));
    int n = (int) x.shape().get(along);
    // A product, as the op that sets a diagonal has no derivative.
    Operand<TNumber> one = constant(tf, x, 1);
    Operand<TNumber> eye =
        Numbers.of(tf.linalg.tensorDiag(tf.fill(tf.constant(new int[] {n}), one)));
    Operand<TNumber> off = tf.math.mul(cosines, tf.math.sub(one, eye));
    double pairs = n * (n - 1.0) / 2;
    return Sums.scaled(tf, factor * 0.5 / pairs, tf.math.abs(off));
  }
}
