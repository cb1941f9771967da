package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Extra;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Records;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * How often the target's class number is among the k largest outputs.
 *
 * <p>Output {@code [..., classes]}, target {@code [...]}; or, from sorted ids, output {@code
 * [batch, ids]} and target {@code [batch]}. Source: {@code
 * keras.metrics.SparseTopKCategoricalAccuracy}.
 *
 * @param options name, type
 * @param k how many outputs are looked at
 * @param fromSortedIds whether outputs are class numbers, the best first, instead of scores
 */
public record SparseTopKCategoricalAccuracy(
    MetricOptions options, int k, @Extra boolean fromSortedIds)
    implements ConfiguredMetric<SparseTopKCategoricalAccuracy>, MeanMetric {
  /** Checks k. */
  public SparseTopKCategoricalAccuracy {
    Check.positive("k", k);
  }

  /** Returns the metric with Keras's defaults. */
  public static SparseTopKCategoricalAccuracy of() {
    return new SparseTopKCategoricalAccuracy(
        MetricOptions.of("sparse_top_k_categorical_accuracy"), 5, false);
  }

  /** Returns this metric with another k; default 5. */
  public SparseTopKCategoricalAccuracy k(int k) {
    return Records.with(this, "k", k);
  }

  /** Returns this metric for outputs that are class numbers, the best first; default false. */
  public SparseTopKCategoricalAccuracy fromSortedIds(boolean on) {
    return Records.with(this, "fromSortedIds", on);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    if (!fromSortedIds) {
      return Targets.inTopK(tf, yTrue, yPred, k);
    }
    Operand<TNumber> t =
        tf.expandDims(
            tf.reshape(Numbers.cast(tf, yTrue, Numbers.dtype(yPred)), tf.constant(new int[] {-1})),
            tf.constant(1));
    Operand<TNumber> ids = Targets.rows(tf, yPred);
    int first = (int) Math.min(k, Targets.last(ids));
    Operand<TNumber> best =
        tf.slice(ids, tf.constant(new int[] {0, 0}), tf.constant(new int[] {-1, first}));
    Operand<TNumber> hit = Targets.number(tf, tf.reduceAny(tf.math.equal(t, best), tf.constant(1)));
    return tf.reshape(hit, tf.shape(yTrue));
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
