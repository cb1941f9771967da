package dev.ibex.graph;

import java.util.List;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.linalg.Inv;
import org.tensorflow.op.linalg.MatrixSetDiag;
import org.tensorflow.op.linalg.Solve;
import org.tensorflow.op.linalg.TriangularSolve;
import org.tensorflow.op.train.BatchMatMul;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Gradients of what is computed of square matrices, which are the last two axes. TensorFlow holds a
 * lock meanwhile, so that no shape can be asked for.
 */
final class MatrixGradients {
  private MatrixGradients() {}

  private static Operand<TNumber> product(
      Ops tf, Operand<TNumber> a, Operand<TNumber> b, BatchMatMul.Options... turned) {
    return tf.train.batchMatMul(a, b, Numbers.type(Numbers.dtype(a)), turned);
  }

  /** Returns whether an op computes of the transposed matrix. */
  private static boolean adjoint(GraphOperation op) {
    return op.attributes().getAttrBool("adjoint");
  }

  /** The inverse y changes by -y da y; that of the transposed matrix by -y daᵗ y. */
  static List<Operand<?>> inverse(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> y = Numbers.of(op.output(0));
    Operand<TNumber> grad = Numbers.of(grads.get(0));
    Operand<TNumber> both =
        adjoint(op)
            ? product(tf, product(tf, y, grad, BatchMatMul.adjY(true)), y)
            : product(tf, product(tf, y, grad, BatchMatMul.adjX(true)), y, BatchMatMul.adjY(true));
    return List.of(tf.math.neg(both));
  }

  /** The determinant changes by itself times the trace of the inverse times da. */
  static List<Operand<?>> determinant(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> scale =
        tf.math.mul(Numbers.of(grads.get(0)), Numbers.<TNumber>as(op.output(0)));
    return List.of(scaledInverse(tf, op, scale));
  }

  /** The logarithm, which is the second output, changes by the trace alone; the sign does not. */
  static List<Operand<?>> logDeterminant(Ops tf, GraphOperation op, List<Output<?>> grads) {
    return List.of(scaledInverse(tf, op, Numbers.of(grads.get(1))));
  }

  private static Operand<TNumber> scaledInverse(Ops tf, GraphOperation op, Operand<TNumber> scale) {
    Operand<TNumber> inverse = tf.linalg.inv(Numbers.of(op.input(0)), Inv.adjoint(true));
    Operand<TNumber> columns =
        tf.expandDims(tf.expandDims(scale, tf.constant(-1)), tf.constant(-1));
    return tf.math.mul(columns, inverse);
  }

  /** Of a x = b: b changes what the transposed equations say, and a that times x. */
  static List<Operand<?>> solve(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> b =
        tf.linalg.solve(
            Numbers.of(op.input(0)), Numbers.of(grads.get(0)), Solve.adjoint(!adjoint(op)));
    return List.of(ofEquations(tf, op, b), b);
  }

  /** As {@link #solve}, of the triangle that is read. */
  static List<Operand<?>> triangularSolve(Ops tf, GraphOperation op, List<Output<?>> grads) {
    boolean lower = op.attributes().getAttrBool("lower");
    Operand<TNumber> b =
        tf.linalg.triangularSolve(
            Numbers.of(op.input(0)),
            Numbers.of(grads.get(0)),
            TriangularSolve.lower(lower),
            TriangularSolve.adjoint(!adjoint(op)));
    Operand<TNumber> a = ofEquations(tf, op, b);
    return List.of(tf.linalg.bandPart(a, below(tf, lower), below(tf, !lower)), b);
  }

  /** Returns what a changes by in a x = b, or in aᵗ x = b, given what b does. */
  private static Operand<TNumber> ofEquations(Ops tf, GraphOperation op, Operand<TNumber> b) {
    Operand<TNumber> x = Numbers.of(op.output(0));
    Operand<TNumber> both =
        adjoint(op)
            ? product(tf, x, b, BatchMatMul.adjY(true))
            : product(tf, b, x, BatchMatMul.adjY(true));
    return tf.math.neg(both);
  }

  private static Operand<TInt32> below(Ops tf, boolean all) {
    return tf.constant(all ? -1 : 0);
  }

  /** Of a = y yᵗ: the lower half of yᵗ dy, halved on its diagonal, between the inverses of y. */
  static List<Operand<?>> cholesky(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> y = Numbers.of(op.output(0));
    Operand<TNumber> middle = product(tf, y, Numbers.of(grads.get(0)), BatchMatMul.adjX(true));
    Operand<TNumber> half = Numbers.constant(tf, y, 0.5);
    Operand<TNumber> main = band(tf, middle, 0);
    Operand<TNumber> phi = tf.math.sub(band(tf, middle, -1), tf.math.mul(half, main));
    Operand<TNumber> inverse =
        tf.linalg.triangularSolve(y, band(tf, tf.onesLike(y), 0), TriangularSolve.lower(true));
    Operand<TNumber> left = product(tf, inverse, phi, BatchMatMul.adjX(true));
    Operand<TNumber> right =
        product(tf, inverse, phi, BatchMatMul.adjX(true), BatchMatMul.adjY(true));
    Operand<TNumber> both = product(tf, tf.math.add(left, right), inverse);
    return List.of(tf.math.mul(half, both));
  }

  /** Returns the diagonal and so many of those below it; -1 for all. */
  private static Operand<TNumber> band(Ops tf, Operand<TNumber> x, int below) {
    return tf.linalg.bandPart(x, tf.constant(below), tf.constant(0));
  }

  /** What was on the diagonals gets its part, all else nothing. */
  static List<Operand<?>> diagonals(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> x = Numbers.of(op.input(0));
    Operand<TNumber> placed =
        tf.linalg.matrixSetDiag(
            tf.zerosLike(x),
            Numbers.of(grads.get(0)),
            Numbers.<TInt32>as(op.input(1)),
            MatrixSetDiag.align(op.attributes().getAttrString("align")));
    return List.of(placed, tf.zerosLike(op.input(1)), tf.zerosLike(op.input(2)));
  }
}
