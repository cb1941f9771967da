package dev.ibex.core;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Evaluation;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * A learning rate that depends on the step; a lambda will do.
 *
 * <pre>{@code
 * Adam.of().learningRate((tf, step) ->
 *     tf.math.div(tf.constant(0.1f), tf.math.sqrt(tf.dtypes.cast(step, TFloat32.class))));
 * }</pre>
 *
 * <p>Source: {@code keras.optimizers.schedules.LearningRateSchedule}.
 */
@FunctionalInterface
public interface Schedule {
  /** Returns the learning rate of a step, a scalar of a floating type; the first step is 0. */
  Operand<? extends TNumber> apply(Ops tf, Operand<TInt64> step);

  /** Returns the learning rate of a step on the heap. */
  default double value(long step) {
    return Evaluation.of(
            (tf, in) -> List.of(apply(tf, Numbers.as(in.get(0)))), Array.of(Shape.scalar(), step))
        .get(0)
        .number(0);
  }

  /**
   * A learning rate that no step changes; a callback may, while a model trains.
   *
   * @param rate at least 0
   */
  record Constant(double rate) implements Schedule {
    /** Checks the rate. */
    public Constant {
      Check.atLeastZero("learningRate", rate);
    }

    @Override
    public Operand<TNumber> apply(Ops tf, Operand<TInt64> step) {
      return Numbers.constant(tf, DType.FLOAT32, rate);
    }

    @Override
    public double value(long step) {
      return (float) rate;
    }

    @Override
    public String toString() {
      return Double.toString(rate);
    }
  }
}
