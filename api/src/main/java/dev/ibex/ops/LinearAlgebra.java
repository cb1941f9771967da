package dev.ibex.ops;

import dev.ibex.core.OperationCall;
import dev.ibex.core.Promotion;
import dev.ibex.core.ShapeException;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.family.TNumber;

/** Products of matrices. */
final class LinearAlgebra {
  private LinearAlgebra() {}

  static void add(Rows rows) {
    rows.one("Matmul(x1, x2)", LinearAlgebra::infer, LinearAlgebra::matmul);
  }

  private static DType type(OperationCall c) {
    return Promotion.of(c.spec("x1").dtype(), c.spec("x2").dtype());
  }

  private static boolean vector(OperationCall c, String name) {
    return c.rank(name) == 1;
  }

  /** A vector is a row on the left and a column on the right. */
  private static TensorSpec infer(OperationCall c) {
    Shape a = vector(c, "x1") ? Specs.with(c.shape("x1"), 0, 1) : c.shape("x1");
    Shape b = vector(c, "x2") ? Specs.with(c.shape("x2"), 1, 1) : c.shape("x2");
    boolean matrices = a.numDimensions() > 1 && b.numDimensions() > 1;
    if (!matrices || (a.get(-1) != b.get(-2) && a.get(-1) >= 0 && b.get(-2) >= 0)) {
      throw new ShapeException(
          "expected matrices of n rows and k columns, and of k rows and m columns, got "
              + c.spec("x1")
              + " and "
              + c.spec("x2"));
    }
    Shape many =
        Shapes.broadcast(List.of(a.take(a.numDimensions() - 2), b.take(b.numDimensions() - 2)));
    Shape rows = vector(c, "x1") ? many : many.append(a.get(-2));
    return new TensorSpec(vector(c, "x2") ? rows : rows.append(b.get(-1)), type(c));
  }

  private static Operand<TNumber> matmul(OperationCall c) {
    Ops tf = c.tf();
    DType compute = Promotion.withFraction(type(c));
    Operand<TNumber> a = c.operand("x1", compute);
    Operand<TNumber> b = c.operand("x2", compute);
    List<Long> gone = new ArrayList<>();
    if (vector(c, "x1")) {
      a = tf.expandDims(a, tf.constant(0));
      gone.add(-2L);
    }
    if (vector(c, "x2")) {
      b = tf.expandDims(b, tf.constant(1));
      gone.add(-1L);
    }
    Operand<TNumber> product = tf.train.batchMatMul(a, b, Numbers.type(compute));
    return Numbers.cast(
        tf, gone.isEmpty() ? product : tf.squeeze(product, Squeeze.axis(gone)), type(c));
  }
}
