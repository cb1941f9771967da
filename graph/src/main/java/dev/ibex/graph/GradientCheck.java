package dev.ibex.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.Result;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.buffer.DoubleDataBuffer;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.family.TNumber;

/**
 * Compares the gradients of an expression with central differences, in float64.
 *
 * <p>For tests of layers, losses and registered gradients; the expression must be smooth around the
 * inputs.
 */
public final class GradientCheck {
  /** The step of the differences that suits smooth expressions. */
  public static final double STEP = 1e-5;

  private GradientCheck() {}

  /** An expression over float64 tensors. */
  @FunctionalInterface
  public interface Expression {
    /** Emits the expression. */
    Operand<?> emit(Ops tf, List<Operand<TNumber>> inputs);
  }

  /**
   * Returns the largest error of any derivative, relative to 1 + its size.
   *
   * <p>The expression's elements are weighted by fixed random numbers and summed.
   */
  public static double largestError(Expression expression, Array... inputs) {
    return largestError(STEP, expression, inputs);
  }

  /** As {@link #largestError(Expression, Array...)} with a step of its own. */
  public static double largestError(double step, Expression expression, Array... inputs) {
    List<Tensor> at = new ArrayList<>();
    try (GraphSession session = new GraphSession()) {
      List<Operand<TNumber>> fed = new ArrayList<>();
      for (Array a : inputs) {
        at.add(a.cast(DType.FLOAT64).toTensor());
        fed.add(Numbers.of(session.tf().placeholder(TFloat64.class, Placeholder.shape(a.shape()))));
      }
      Operand<?> sum = weightedSum(session.tf(), expression, fed);
      List<Operand<?>> gradients = Gradients.of(session.tf(), sum, fed);
      GraphFunction exact = session.function("gradients", fed, gradients, List.of());
      GraphFunction value = session.function("value", fed, List.of(sum), List.of());
      try (Result found = exact.run(at)) {
        return largestError(step, at, found, value.runner(at));
      }
    } finally {
      at.forEach(Tensor::close);
    }
  }

  /** Moves one number at a time, in the fed tensors themselves. */
  private static double largestError(
      double step, List<Tensor> at, Result exact, GraphFunction.Runner value) {
    double worst = 0;
    for (int i = 0; i < at.size(); i++) {
      DoubleDataBuffer x = at.get(i).asRawTensor().data().asDoubles();
      double[] gradient = Array.of(exact.get(i)).doubles();
      for (int j = 0; j < gradient.length; j++) {
        double before = x.getDouble(j);
        x.setDouble(before + step, j);
        double up = scalar(value);
        x.setDouble(before - step, j);
        double numeric = (up - scalar(value)) / (2 * step);
        x.setDouble(before, j);
        double error = Math.abs(gradient[j] - numeric) / (1 + Math.abs(numeric));
        worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
      }
    }
    return worst;
  }

  private static double scalar(GraphFunction.Runner value) {
    try (Result result = value.run()) {
      return Array.of(result.get(0)).number(0);
    }
  }

  private static Operand<?> weightedSum(Ops tf, Expression expression, List<Operand<TNumber>> in) {
    Operand<TNumber> y = Numbers.of(expression.emit(tf, in));
    Operand<TNumber> flat = tf.reshape(y, tf.constant(new int[] {-1}));
    long n = y.shape().size();
    if (n < 0) {
      throw new IllegalArgumentException("expression: its shape must be known, not " + y.shape());
    }
    Random random = new Random(7);
    double[] weights = random.doubles(n, 0.5, 1.5).toArray();
    return tf.sum(tf.math.mul(flat, Numbers.of(tf.constant(weights))), tf.constant(0));
  }
}
