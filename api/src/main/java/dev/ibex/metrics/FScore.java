package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Metric;
import dev.ibex.core.WeightSpec;
import dev.ibex.core.Weighting;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Max;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * (1 + beta²) precision · recall / (beta² precision + recall): one figure for each class, or their
 * average.
 *
 * <p>Target and output {@code [batch, classes]}; targets are 0 or 1. Weights are for each sample or
 * element; the output's mask is not looked at.
 *
 * @param <M> the metric's own class
 */
public interface FScore<M extends Metric> extends ConfiguredMetric<M> {
  /** How the figures of the classes become one. */
  enum Averaging {
    /** One figure from the counts of all classes together. */
    MICRO,
    /** The mean. */
    MACRO,
    /** The mean weighted by how often each class is in the targets. */
    WEIGHTED
  }

  /** Returns the averaging; empty for a figure for each class. */
  Optional<Averaging> average();

  /** Returns the weight of recall. */
  double beta();

  /** Returns what outputs are above to say yes; empty where the largest of a row does. */
  Optional<Double> threshold();

  /** Checks a threshold. */
  static void check(Optional<Double> threshold) {
    threshold.ifPresent(
        t ->
            Check.that(
                t > 0 && t <= 1, "threshold: expected a number above 0 and at most 1, got %s", t));
  }

  @Override
  default List<WeightSpec> state(Shape yTrue, Shape yPred) {
    Targets.matrices(name(), yTrue, yPred);
    Shape shape = micro() ? Shape.scalar() : Shape.of(yPred.get(1));
    return Stream.of("true_positives", "false_positives", "false_negatives", "intermediate_weights")
        .map(n -> MeanMetric.zeros(n, shape))
        .toList();
  }

  private boolean micro() {
    return average().equals(Optional.of(Averaging.MICRO));
  }

  @Override
  default List<Operand<TNumber>> update(Batch batch) {
    Ops tf = batch.tf();
    Weighting.Pair y = Targets.pair(batch, dtype());
    Operand<TNumber> t = y.first();
    Operand<TNumber> yes = Targets.number(tf, decided(tf, y.second()), dtype());
    Operand<TNumber> one = tf.onesLike(t);
    List<Operand<TNumber>> counted =
        List.of(
            tf.math.mul(yes, t),
            tf.math.mul(yes, tf.math.sub(one, t)),
            tf.math.mul(tf.math.sub(one, yes), t),
            t);
    List<Operand<TNumber>> next = new ArrayList<>();
    for (int i = 0; i < counted.size(); i++) {
      Operand<TNumber> x = counted.get(i);
      if (batch.sampleWeight().isPresent()) {
        x = tf.math.mul(x, Targets.spread(tf, batch.sampleWeight().get(), x));
      }
      Operand<TNumber> sum = micro() ? Weighting.sum(tf, x) : tf.sum(x, tf.constant(0));
      next.add(tf.math.add(batch.state().get(i), sum));
    }
    return next;
  }

  private Operand<TBool> decided(Ops tf, Operand<TNumber> p) {
    if (threshold().isPresent()) {
      return tf.math.greater(p, Numbers.constant(tf, p, threshold().get()));
    }
    return tf.math.logicalAnd(
        tf.math.greaterEqual(p, tf.max(p, tf.constant(-1), Max.keepDims(true))),
        tf.math.greater(tf.math.abs(p), Numbers.constant(tf, p, 1e-9)));
  }

  @Override
  default Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    Operand<TNumber> tp = state.get(0);
    Operand<TNumber> precision = quotient(tf, tp, tf.math.add(tp, state.get(1)));
    Operand<TNumber> recall = quotient(tf, tp, tf.math.add(tp, state.get(2)));
    Operand<TNumber> weighted = tf.math.mul(Numbers.constant(tf, tp, beta() * beta()), precision);
    Operand<TNumber> mean =
        quotient(tf, tf.math.mul(precision, recall), tf.math.add(weighted, recall));
    Operand<TNumber> scores = tf.math.mul(mean, Numbers.constant(tf, mean, 1 + beta() * beta()));
    if (average().isEmpty() || micro()) {
      return scores;
    } else if (average().get() == Averaging.MACRO) {
      return tf.math.mean(scores, tf.constant(0));
    }
    Operand<TNumber> labels = state.get(3);
    Operand<TNumber> shares = quotient(tf, labels, Weighting.sum(tf, labels));
    return Weighting.sum(tf, tf.math.mul(scores, shares));
  }

  private static Operand<TNumber> quotient(Ops tf, Operand<TNumber> a, Operand<TNumber> b) {
    return tf.math.div(a, tf.math.add(b, Numbers.constant(tf, b, Targets.EPSILON)));
  }

  @Override
  default boolean largerIsBetter() {
    return true;
  }
}
