package dev.ibex.metrics;

import dev.ibex.core.MeanMetric;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * How often the largest output is at the target's class number.
 *
 * <p>Output {@code [..., classes]}, target {@code [...]} or {@code [..., 1]}. Source: {@code
 * keras.metrics.SparseCategoricalAccuracy}.
 *
 * @param options name, type
 */
public record SparseCategoricalAccuracy(MetricOptions options)
    implements ConfiguredMetric<SparseCategoricalAccuracy>, MeanMetric {
  /** Returns the metric with Keras's defaults. */
  public static SparseCategoricalAccuracy of() {
    return new SparseCategoricalAccuracy(MetricOptions.of("sparse_categorical_accuracy"));
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = Targets.comparable(tf, yTrue);
    if (t.shape().numDimensions() == yPred.shape().numDimensions() && Targets.last(t) == 1) {
      t = Targets.squeezed(tf, t);
    }
    Operand<TNumber> p = Targets.argmax(tf, yPred, Numbers.dtype(t));
    Operand<TNumber> matches = Targets.number(tf, tf.math.equal(t, p));
    return matches.shape().numDimensions() > 1 && Targets.last(matches) == 1
        ? Targets.squeezed(tf, matches)
        : matches;
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
