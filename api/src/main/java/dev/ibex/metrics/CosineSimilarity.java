package dev.ibex.metrics;

import dev.ibex.core.Extra;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Records;
import dev.ibex.core.Weighting;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * Mean cosine between target and output along an axis.
 *
 * <p>Target and output have one shape. Source: {@code keras.metrics.CosineSimilarity}.
 *
 * @param options name, type
 * @param axis the axis of the vectors
 */
public record CosineSimilarity(MetricOptions options, @Extra int axis)
    implements ConfiguredMetric<CosineSimilarity>, MeanMetric {
  /** Returns the metric with Keras's defaults. */
  public static CosineSimilarity of() {
    return new CosineSimilarity(MetricOptions.of("cosine_similarity"), -1);
  }

  /** Returns this metric with the vectors along another axis; default -1. */
  public CosineSimilarity axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Weighting.Pair y = Targets.pair(tf, yTrue, yPred, dtype());
    return tf.math.neg(
        dev.ibex.losses.CosineSimilarity.of().axis(axis).values(tf, y.first(), y.second()));
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
