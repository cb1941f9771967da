package dev.ibex.graph;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.GraphOperation;
import org.tensorflow.Operand;
import org.tensorflow.Output;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.ReluGrad;
import org.tensorflow.types.family.TNumber;

/**
 * The gradients that TensorFlow's C++ registry lacks, one row an op type.
 *
 * <p>TF Java has room for about ten native callbacks; all rows share one, which asks this table. A
 * gradient returns one operand for each input: zeros, never null, where there is nothing to
 * propagate.
 */
public final class GradientRegistry {
  /** The gradient of one op type. */
  @FunctionalInterface
  interface Gradient {
    List<Operand<?>> of(Ops tf, GraphOperation op, List<Output<?>> grads);
  }

  private static final Map<String, Gradient> TABLE =
      Map.ofEntries(
          Map.entry("BesselI0", ElementwiseGradients::besselI0),
          Map.entry("CTCLoss", GradientRegistry::ctcLoss),
          Map.entry("Ceil", ElementwiseGradients::zeros),
          Map.entry("CheckNumericsV2", (tf, op, grads) -> List.of(grads.get(0))),
          Map.entry("Cholesky", MatrixGradients::cholesky),
          Map.entry("Conv3D", Conv3dGradients::ofConvolution),
          Map.entry("Conv3DBackpropFilterV2", Conv3dGradients::ofKernel),
          Map.entry("Conv3DBackpropInputV2", Conv3dGradients::ofInput),
          Map.entry("Cumprod", ArrayGradients::cumprod),
          Map.entry("Erfc", ElementwiseGradients::erfc),
          Map.entry("FloorDiv", ElementwiseGradients::zeros),
          Map.entry("FloorMod", ElementwiseGradients::floorMod),
          Map.entry("IdentityN", CustomGradients::identityN),
          Map.entry("LogMatrixDeterminant", MatrixGradients::logDeterminant),
          Map.entry("MatrixDeterminant", MatrixGradients::determinant),
          Map.entry("MatrixDiagPartV3", MatrixGradients::diagonals),
          Map.entry("MatrixInverse", MatrixGradients::inverse),
          Map.entry("MatrixSolve", MatrixGradients::solve),
          Map.entry("MatrixTriangularSolve", MatrixGradients::triangularSolve),
          Map.entry("NextAfter", ElementwiseGradients::nextAfter),
          Map.entry("OnesLike", ElementwiseGradients::zeros),
          Map.entry("ReluGrad", GradientRegistry::reluGrad),
          Map.entry("Round", ElementwiseGradients::zeros),
          Map.entry(
              "SparseSoftmaxCrossEntropyWithLogits", GradientRegistry::sparseSoftmaxCrossEntropy),
          Map.entry("TensorScatterAdd", ArrayGradients::scatterAdd),
          Map.entry("TensorScatterUpdate", ArrayGradients::scatterUpdate),
          Map.entry("TopKV2", ArrayGradients::topK));

  private GradientRegistry() {}

  /** Returns the op types of the table. */
  public static Set<String> types() {
    return TABLE.keySet();
  }

  static List<Operand<?>> gradient(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Gradient gradient = TABLE.get(op.type());
    if (gradient == null) {
      throw new IllegalStateException("no gradient of " + op.type() + " is in the table");
    }
    return gradient.of(tf, op, grads);
  }

  /** The second derivative, as a penalty on gradients needs it: linear in the first input. */
  private static List<Operand<?>> reluGrad(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<TNumber> features = Numbers.of(op.input(1));
    return List.of(
        ReluGrad.create(tf.scope(), Numbers.of(grads.get(0)), features), tf.zerosLike(features));
  }

  /**
   * The op's second output is the derivative of its loss with respect to [steps, batch, classes].
   */
  private static List<Operand<?>> ctcLoss(Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<?> perRow = tf.reshape(grads.get(0), tf.constant(new int[] {1, -1, 1}));
    return List.of(
        tf.math.mul(Numbers.of(perRow), Numbers.of(op.output(1))),
        tf.zerosLike(op.input(1)),
        tf.zerosLike(op.input(2)),
        tf.zerosLike(op.input(3)));
  }

  /** The op's second output is the derivative of its loss with respect to the logits. */
  private static List<Operand<?>> sparseSoftmaxCrossEntropy(
      Ops tf, GraphOperation op, List<Output<?>> grads) {
    Operand<?> perRow = tf.expandDims(grads.get(0), tf.constant(-1));
    return List.of(
        tf.math.mul(Numbers.of(perRow), Numbers.of(op.output(1))), tf.zerosLike(op.input(1)));
  }
}
