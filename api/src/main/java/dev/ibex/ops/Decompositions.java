package dev.ibex.ops;

import dev.ibex.core.Check;
import dev.ibex.core.OperationCall;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.op.linalg.Qr;
import org.tensorflow.op.linalg.SelfAdjointEig;
import org.tensorflow.op.linalg.Svd;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/** Factors of matrices, of which TensorFlow has no derivative outside Python. */
final class Decompositions {
  private Decompositions() {}

  static void add(Rows rows) {
    rows.several("Qr(x; mode='reduced')", Decompositions::qrSpecs, Decompositions::qr);
    rows.several(
        "SVD(x; full_matrices=True, compute_uv=True)",
        Decompositions::svdSpecs,
        Decompositions::svd);
    rows.several("Eigh(x)", Decompositions::eighSpecs, Decompositions::eigh);
    rows.one("Pinv(x; rcond=None)", Decompositions::inverted, Decompositions::pinv);
  }

  private static Shape many(OperationCall c) {
    return c.shape("x").take(c.rank("x") - 2);
  }

  private static int rows(OperationCall c) {
    return Specs.known(c, "x", c.rank("x") - 2);
  }

  private static int columns(OperationCall c) {
    return Specs.known(c, "x", c.rank("x") - 1);
  }

  private static int least(OperationCall c) {
    return Math.min(rows(c), columns(c));
  }

  private static List<TensorSpec> qrSpecs(OperationCall c) {
    TensorSpec x = Matrices.matrices(c, "x");
    String mode = c.text("mode");
    Check.that(
        mode.equals("reduced") || mode.equals("complete"),
        "mode: expected \"reduced\" or \"complete\", got \"%s\"",
        mode);
    int inner = mode.equals("reduced") ? least(c) : rows(c);
    return List.of(
        x.withShape(many(c).append(rows(c)).append(inner)),
        x.withShape(many(c).append(inner).append(columns(c))));
  }

  private static List<Operand<?>> qr(OperationCall c) {
    Qr<TNumber> y =
        c.tf().linalg.qr(c.operand("x"), Qr.fullMatrices(c.text("mode").equals("complete")));
    return List.of(y.q(), y.r());
  }

  private static List<TensorSpec> svdSpecs(OperationCall c) {
    TensorSpec x = Matrices.matrices(c, "x");
    boolean full = c.flag("full_matrices");
    TensorSpec values = x.withShape(many(c).append(least(c)));
    return c.flag("compute_uv")
        ? List.of(
            x.withShape(many(c).append(rows(c)).append(full ? rows(c) : least(c))),
            values,
            x.withShape(many(c).append(full ? columns(c) : least(c)).append(columns(c))))
        : List.of(values);
  }

  private static List<Operand<?>> svd(OperationCall c) {
    if (!c.flag("compute_uv")) {
      return List.of(singularValues(c.tf(), c.operand("x")));
    }
    Svd<TNumber> y = c.tf().linalg.svd(c.operand("x"), Svd.fullMatrices(c.flag("full_matrices")));
    return List.of(y.u(), y.s(), Matrices.transposed(c.tf(), y.v()));
  }

  /** Returns the singular values, largest first. */
  static Operand<TNumber> singularValues(Ops tf, Operand<TNumber> x) {
    return tf.linalg.svd(x, Svd.computeUv(false), Svd.fullMatrices(false)).s();
  }

  private static List<TensorSpec> eighSpecs(OperationCall c) {
    TensorSpec x = Matrices.square(c);
    return List.of(x.withShape(x.shape().take(x.rank() - 1)), x);
  }

  private static List<Operand<?>> eigh(OperationCall c) {
    SelfAdjointEig<TNumber> y = c.tf().linalg.selfAdjointEig(c.operand("x"));
    return List.of(y.e(), y.v());
  }

  private static TensorSpec inverted(OperationCall c) {
    TensorSpec x = Matrices.matrices(c, "x");
    return x.withShape(many(c).append(columns(c)).append(rows(c)));
  }

  /** By default, values are 0 that are below what rounding leaves of the largest one. */
  private static double cutoff(OperationCall c) {
    boolean wide = c.spec("x").dtype() == DType.FLOAT64;
    double epsilon = wide ? Math.ulp(1.0) : Math.ulp(1f);
    return c.isNone("rcond") ? 10 * Math.max(rows(c), columns(c)) * epsilon : c.number("rcond");
  }

  private static Operand<TNumber> pinv(OperationCall c) {
    Ops tf = c.tf();
    Operand<TNumber> x = c.operand("x");
    Svd<TNumber> y = tf.linalg.svd(x, Svd.fullMatrices(false));
    Operand<TNumber> largest = tf.max(y.s(), tf.constant(-1), Max.keepDims(true));
    Operand<TBool> counts =
        tf.math.greater(y.s(), tf.math.mul(largest, Sizes.like(tf, x, cutoff(c))));
    Operand<TNumber> values = tf.select(counts, y.s(), Sizes.like(tf, x, Double.POSITIVE_INFINITY));
    Operand<TNumber> scaled = tf.math.div(y.v(), tf.expandDims(values, tf.constant(-2)));
    return tf.train.batchMatMul(
        scaled, Matrices.transposed(tf, y.u()), Numbers.type(Numbers.dtype(x)));
  }
}
