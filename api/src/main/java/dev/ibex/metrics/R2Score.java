package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Records;
import dev.ibex.core.WeightSpec;
import dev.ibex.core.Weighting;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.family.TNumber;

/**
 * The coefficient of determination: 1 - sum((t - y)²) / sum((t - mean(t))²) for each column.
 *
 * <p>Target and output {@code [batch, n]}; the figure is a scalar, or a vector of n figures if they
 * are not aggregated. Weights are for each sample or element; the output's mask is not looked at.
 * Source: {@code keras.metrics.R2Score}.
 *
 * @param options name, type
 * @param classAggregation how the figures of the columns become one; empty for one figure each
 * @param numRegressors how many inputs the model has, for the adjusted figure; 0 for the plain one.
 *     As in Keras its number of samples is that of the target's elements, and up to one more than
 *     it the plain figure is given
 */
public record R2Score(
    MetricOptions options, Optional<Aggregation> classAggregation, int numRegressors)
    implements ConfiguredMetric<R2Score> {
  /** How the figures of the columns become one. */
  public enum Aggregation {
    /** The mean. */
    UNIFORM_AVERAGE,
    /** The mean weighted by the variances of the columns of the target. */
    VARIANCE_WEIGHTED_AVERAGE
  }

  /** Checks the number of inputs. */
  public R2Score {
    Check.that(numRegressors >= 0, "numRegressors: expected 0 or more, got %d", numRegressors);
  }

  /** Returns the metric with Keras's defaults. */
  public static R2Score of() {
    return new R2Score(MetricOptions.of("r2_score"), Optional.of(Aggregation.UNIFORM_AVERAGE), 0);
  }

  /** Returns this metric aggregated in another way; default the mean. */
  public R2Score classAggregation(Aggregation aggregation) {
    return Records.with(this, "classAggregation", Optional.of(aggregation));
  }

  /** Returns this metric with a figure for each column; default their mean. */
  public R2Score perClass() {
    return Records.with(this, "classAggregation", Optional.empty());
  }

  /** Returns this metric adjusted for a number of inputs; default 0, not adjusted. */
  public R2Score numRegressors(int n) {
    return Records.with(this, "numRegressors", n);
  }

  @Override
  public List<WeightSpec> state(Shape yTrue, Shape yPred) {
    Targets.matrices(name(), yTrue, yPred.numDimensions() == 1 ? yPred.append(1) : yPred);
    Shape columns = Shape.of(yPred.numDimensions() == 1 ? 1 : yPred.get(1));
    return List.of(
        MeanMetric.zero("num_samples"),
        MeanMetric.zeros("squared_sum", columns),
        MeanMetric.zeros("sum", columns),
        MeanMetric.zeros("residual", columns),
        MeanMetric.zeros("count", columns));
  }

  @Override
  public List<Operand<TNumber>> update(Batch batch) {
    Ops tf = batch.tf();
    Weighting.Pair y = Targets.pair(batch, dtype());
    Operand<TNumber> t = y.first();
    Operand<TNumber> ones = tf.onesLike(t);
    Operand<TNumber> w = batch.sampleWeight().map(s -> Targets.spread(tf, s, t)).orElse(ones);
    Operand<TNumber> weighted = tf.math.mul(t, w);
    Operand<TNumber> errors = tf.math.squaredDifference(t, y.second());
    List<Operand<TNumber>> state = batch.state();
    return List.of(
        tf.math.add(state.get(0), Weighting.sum(tf, ones)),
        more(tf, state.get(1), tf.math.mul(t, weighted)),
        more(tf, state.get(2), weighted),
        more(tf, state.get(3), tf.math.mul(errors, w)),
        more(tf, state.get(4), w));
  }

  private static Operand<TNumber> more(Ops tf, Operand<TNumber> sum, Operand<TNumber> x) {
    return tf.math.add(sum, tf.sum(x, tf.constant(0)));
  }

  @Override
  public Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    Operand<TNumber> sum = state.get(2);
    Operand<TNumber> mean = tf.math.div(sum, state.get(4));
    Operand<TNumber> total = tf.math.sub(state.get(1), tf.math.mul(sum, mean));
    Operand<TNumber> raw = tf.math.sub(tf.onesLike(total), tf.math.div(state.get(3), total));
    Operand<TNumber> scores = tf.select(tf.math.isInf(raw), tf.zerosLike(raw), raw);
    return adjusted(tf, aggregated(tf, scores, total), state.get(0));
  }

  private Operand<TNumber> aggregated(Ops tf, Operand<TNumber> scores, Operand<TNumber> total) {
    if (classAggregation.isEmpty()) {
      return scores;
    }
    return classAggregation.get() == Aggregation.UNIFORM_AVERAGE
        ? tf.math.mean(scores, tf.constant(0))
        : tf.math.div(Weighting.sum(tf, tf.math.mul(total, scores)), Weighting.sum(tf, total));
  }

  private Operand<TNumber> adjusted(Ops tf, Operand<TNumber> score, Operand<TNumber> samples) {
    if (numRegressors == 0) {
      return score;
    }
    DType dtype = Numbers.dtype(score);
    Operand<TNumber> one = Numbers.constant(tf, dtype, 1);
    Operand<TNumber> n = tf.math.sub(samples, one);
    Operand<TNumber> left = tf.math.sub(n, Numbers.constant(tf, dtype, numRegressors));
    Operand<TNumber> zero = Numbers.constant(tf, dtype, 0);
    Operand<TNumber> rest = tf.math.div(tf.math.mul(tf.math.sub(one, score), n), left);
    return tf.select(tf.math.greater(left, zero), tf.math.sub(one, rest), score);
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
