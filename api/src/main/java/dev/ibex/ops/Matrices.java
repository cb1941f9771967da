package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.ShapeException;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.types.family.TNumber;

/** Inverses, determinants and solutions of square matrices, which are the last two axes. */
final class Matrices {
  private Matrices() {}

  static void add(Rows rows) {
    rows.one("Cholesky(x; upper=False)", Matrices::square, Matrices::cholesky);
    rows.one("CholeskyInverse(x; upper=False)", Matrices::square, Matrices::choleskyInverse);
    rows.one("Inv(x)", Matrices::square, c -> c.tf().linalg.inv(c.operand("x")));
    rows.one("Det(x)", Matrices::scalar, c -> c.tf().linalg.det(c.operand("x")));
    rows.one("Solve(a, b)", Matrices::solved, c -> solve(c, (tf, a, b) -> tf.linalg.solve(a, b)));
    rows.one(
        "SolveTriangular(a, b; lower=False)",
        Matrices::solved,
        c -> solve(c, (tf, a, b) -> triangular(tf, a, b, c.flag("lower"))));
  }

  /** Adds the row of the module of mathematics. */
  static void addMath(Rows rows) {
    rows.one("Logdet(x)", Matrices::scalar, Matrices::logdet);
  }

  /** Adds the row of the module of arrays. */
  static void addNumpy(Rows rows) {
    rows.several(
        "Slogdet(x)",
        c -> List.of(scalar(c), scalar(c)),
        c -> {
          var y = c.tf().linalg.logMatrixDeterminant(c.operand("x"));
          return List.of(y.sign(), y.logAbsDeterminant());
        });
  }

  /** Returns the spec of floating matrices of as many rows as columns. */
  static TensorSpec square(OperationCall c) {
    return square(c, "x");
  }

  private static TensorSpec square(OperationCall c, String name) {
    TensorSpec spec = matrices(c, name);
    if (!Specs.agree(spec.shape().get(-1), spec.shape().get(-2))) {
      throw new ShapeException(name + ": expected square matrices, got " + spec);
    }
    return spec;
  }

  /** Returns the spec of matrices of numbers that TensorFlow can take apart. */
  static TensorSpec matrices(OperationCall c, String name) {
    Specs.ranked(c, name, 2);
    TensorSpec spec = Specs.floating(c, name);
    Check.that(
        spec.dtype().bytes() >= 4,
        "%s: expected float32 or float64, got %s; cast it first",
        name,
        spec);
    return spec;
  }

  private static TensorSpec scalar(OperationCall c) {
    TensorSpec x = square(c);
    return x.withShape(x.shape().take(x.rank() - 2));
  }

  // ---- factors ----------------------------------------------------------------------------

  /** Returns the factor; fails where the matrix has none. */
  private static Operand<TNumber> factor(OperationCall c) {
    return c.tf().linalg.cholesky(c.operand("x"));
  }

  private static Operand<TNumber> cholesky(OperationCall c) {
    Operand<TNumber> lower = c.tf().debugging.checkNumerics(factor(c), "Cholesky");
    return c.flag("upper") ? transposed(c.tf(), lower) : lower;
  }

  /** Returns the matrices with rows and columns exchanged. */
  static Operand<TNumber> transposed(Ops tf, Operand<TNumber> x) {
    int rank = x.shape().numDimensions();
    int[] order = IntStream.range(0, rank).map(i -> i < rank - 2 ? i : 2 * rank - 3 - i).toArray();
    return Sizes.permute(tf, x, order);
  }

  private static Operand<TNumber> choleskyInverse(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    boolean upper = c.flag("upper");
    int size = Specs.known(c, "x", c.rank("x") - 1);
    Operand<TNumber> inverse = triangular(tf, x, identity(tf, x, size), !upper);
    Operand<TNumber> other = transposed(tf, inverse);
    var type = Numbers.type(Numbers.dtype(x));
    return upper
        ? tf.train.batchMatMul(inverse, other, type)
        : tf.train.batchMatMul(other, inverse, type);
  }

  private static Operand<TNumber> identity(Ops tf, Operand<TNumber> x, int size) {
    float[][] one = new float[size][size];
    for (int i = 0; i < size; i++) {
      one[i][i] = 1;
    }
    return Numbers.cast(tf, tf.constant(one), Numbers.dtype(x));
  }

  private static Operand<TNumber> logdet(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> main = tf.math.log(mainDiagonal(tf, factor(c)));
    Operand<TNumber> sum = tf.sum(main, tf.constant(-1));
    return tf.math.mul(Sizes.like(tf, sum, 2), sum);
  }

  /** Sums rows of which all but one element are 0: a derivative that TensorFlow has. */
  private static Operand<TNumber> mainDiagonal(Ops tf, Operand<TNumber> x) {
    Operand<TNumber> main = tf.linalg.bandPart(x, tf.constant(0), tf.constant(0));
    return tf.sum(main, tf.constant(-1));
  }

  // ---- equations --------------------------------------------------------------------------

  private static boolean vectors(OperationCall c) {
    return c.rank("b") == c.rank("a") - 1;
  }

  private static TensorSpec solved(OperationCall c) {
    Shape a = square(c, "a").shape();
    TensorSpec b = Specs.floating(c, "b");
    Check.that(
        b.dtype() == c.spec("a").dtype(), "b: expected the type of a, %s, got %s", c.spec("a"), b);
    int places = vectors(c) ? b.rank() : b.rank() - 1;
    boolean fits = vectors(c) || b.rank() == a.numDimensions();
    for (int i = 0; fits && i < places; i++) {
      fits = Specs.agree(b.shape().get(i), a.get(i));
    }
    if (!fits) {
      throw new ShapeException(
          "b: expected a vector or a matrix for each of the matrices "
              + c.spec("a")
              + ", got "
              + b);
    }
    return b;
  }

  private static Operand<TNumber> solve(OperationCall c, Rows.Binary solver) {
    Ops tf = c.tf();
    Operand<TNumber> a = c.operand("a");
    Operand<TNumber> b = c.operand("b");
    if (!vectors(c)) {
      return solver.of(tf, a, b);
    }
    Operand<TNumber> columns = solver.of(tf, a, tf.expandDims(b, tf.constant(-1)));
    return tf.squeeze(columns, Squeeze.axis(List.of(-1L)));
  }

  private static Operand<TNumber> triangular(
      Ops tf, Operand<TNumber> a, Operand<TNumber> b, boolean lower) {
    return tf.linalg.triangularSolve(a, b, TriangularSolve.lower(lower));
  }
}
