package dev.ibex.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Compares the gradients of an expression with central differences, in float64.
 *
 * <p>For tests of layers, losses and registered gradients; the expression must be smooth around the
 * inputs.
 */
public final class GradientCheck {
  private static final double STEP = 1e-5;

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
    List<Array> at = new ArrayList<>();
    for (Array a : inputs) {
      at.add(a.cast(DType.FLOAT64));
    }
    List<Array> exact = Evaluation.of((tf, in) -> gradients(tf, expression, in), at);
    double worst = 0;
    for (int i = 0; i < at.size(); i++) {
      for (int j = 0; j < at.get(i).size(); j++) {
        double numeric =
            (value(expression, at, i, j, STEP) - value(expression, at, i, j, -STEP)) / (2 * STEP);
        double error = Math.abs(exact.get(i).number(j) - numeric) / (1 + Math.abs(numeric));
        worst = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(worst, error);
      }
    }
    return worst;
  }

  private static List<Operand<?>> gradients(Ops tf, Expression expression, List<Operand<?>> in) {
    return Gradients.of(tf, weightedSum(tf, expression, in), in);
  }

  private static double value(Expression expression, List<Array> at, int i, int j, double step) {
    List<Array> moved = new ArrayList<>(at);
    double[] data = at.get(i).doubles().clone();
    data[j] += step;
    moved.set(i, Array.of(at.get(i).shape(), data));
    return Evaluation.of((tf, in) -> List.of(weightedSum(tf, expression, in)), moved)
        .get(0)
        .number(0);
  }

  private static Operand<?> weightedSum(Ops tf, Expression expression, List<Operand<?>> in) {
    Operand<TNumber> y = Numbers.of(expression.emit(tf, in.stream().map(Numbers::of).toList()));
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
