package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Metric;
import dev.ibex.core.WeightSpec;
import dev.ibex.core.Weighting;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Cumsum;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * How often each outcome was met at each of some thresholds: what precision, recall and AUC stand
 * on.
 *
 * <p>Source: {@code keras.src.metrics.metrics_utils}.
 *
 * @param metric the metric's name, for texts
 * @param thresholds outputs above one count as yes
 * @param even whether they are 0 to 1 in equal steps; then outputs are sorted into buckets, which
 *     takes far less memory than comparing each output with each threshold
 * @param topK how many of the largest outputs of a row can be a yes; empty for all
 * @param classId the only class looked at; empty for all
 * @param byLabel whether each class is counted apart
 * @param labelWeights a weight for each class; empty for equal ones
 */
record OutcomeCounts(
    String metric,
    List<Double> thresholds,
    boolean even,
    Optional<Integer> topK,
    Optional<Integer> classId,
    boolean byLabel,
    Optional<List<Double>> labelWeights) {
  /** Below every output. */
  static final double LOWEST = -1e10;

  /** Declares one count for each outcome: a number for each threshold, or for each and class. */
  List<WeightSpec> state(List<Outcome> outcomes, Shape yTrue, Shape yPred) {
    Targets.alike(metric, yTrue, yPred);
    int rank = yPred.numDimensions();
    Check.that(
        !byLabel || rank == 2,
        "%s: each label apart needs an output of shape (?, labels), got one of rank %d",
        metric,
        rank);
    Check.that(
        rank > 1 || (classId.isEmpty() && topK.isEmpty()),
        "%s: topK and classId need an output with an axis of classes, got one of rank %d",
        metric,
        rank);
    long classes = rank < 2 ? -1 : yPred.get(rank - 1);
    fits("classId", classId.map(i -> i + 1), classes);
    fits("topK", topK, classes);
    Shape one = Shape.of(thresholds.size());
    Shape shape = byLabel ? one.append(classes) : one;
    return outcomes.stream().map(o -> MeanMetric.zeros(o.key(), shape)).toList();
  }

  private void fits(String option, Optional<Integer> needed, long classes) {
    Check.that(
        classes < 0 || needed.orElse(0) <= classes,
        "%s: %s needs an output of %d classes or more, got one of %d",
        metric,
        option,
        needed.orElse(0),
        classes);
  }

  /** Returns the counts after a batch. */
  List<Operand<TNumber>> update(List<Outcome> outcomes, Metric.Batch batch) {
    Ops tf = batch.tf();
    DType dtype = Numbers.dtype(batch.state().get(0));
    Weighting.Pair y = Targets.pair(batch, dtype);
    Operand<TNumber> t = y.first();
    Operand<TNumber> p = y.second();
    if (topK.isPresent()) {
      p = largest(tf, p, topK.get());
    }
    if (classId.isPresent()) {
      t = column(tf, t, classId.get());
      p = column(tf, p, classId.get());
    }
    Operand<TNumber> yes = Targets.number(tf, tf.math.notEqual(t, tf.zerosLike(t)), dtype);
    Operand<TNumber> weight = weight(tf, p, batch.sampleWeight());
    Operand<TNumber> labels = matrix(tf, tf.math.mul(yes, weight));
    Operand<TNumber> others = matrix(tf, tf.math.mul(tf.math.sub(tf.onesLike(yes), yes), weight));
    Operand<TNumber> outputs = matrix(tf, p);
    List<Operand<TNumber>> next = new ArrayList<>();
    for (int i = 0; i < outcomes.size(); i++) {
      Operand<TNumber> side = outcomes.get(i).label ? labels : others;
      Operand<TNumber> before = batch.state().get(i);
      Operand<TNumber> found = count(tf, side, outputs, outcomes.get(i).decision);
      next.add(tf.math.add(before, byLabel ? found : tf.reshape(found, tf.shape(before))));
    }
    return next;
  }

  /** Returns x with all but the k largest of each row put below every threshold. */
  private static Operand<TNumber> largest(Ops tf, Operand<TNumber> x, int k) {
    int classes = Math.toIntExact(Targets.last(x));
    Operand<TInt32> best = tf.nn.topK(x, tf.constant(k), TInt32.class).indices();
    Operand<TNumber> one = Numbers.constant(tf, x, 1);
    Operand<TNumber> each = tf.oneHot(best, tf.constant(classes), one, Numbers.constant(tf, x, 0));
    Operand<TNumber> kept = tf.sum(each, tf.constant(-2));
    Operand<TNumber> lowest = tf.math.mul(Numbers.constant(tf, x, LOWEST), tf.math.sub(one, kept));
    return tf.math.add(tf.math.mul(x, kept), lowest);
  }

  /** Returns one class of the last axis, which stays with the size 1. */
  private static Operand<TNumber> column(Ops tf, Operand<TNumber> x, int at) {
    int last = x.shape().numDimensions() - 1;
    int[] begin = IntStream.rangeClosed(0, last).map(i -> i == last ? at : 0).toArray();
    int[] size = IntStream.rangeClosed(0, last).map(i -> i == last ? 1 : -1).toArray();
    return tf.slice(x, tf.constant(begin), tf.constant(size));
  }

  /** Returns the weight of each element. */
  private Operand<TNumber> weight(
      Ops tf, Operand<TNumber> like, Optional<Operand<TNumber>> sampleWeight) {
    Operand<TNumber> weight =
        sampleWeight.isPresent() ? Targets.spread(tf, sampleWeight.get(), like) : tf.onesLike(like);
    if (labelWeights.isEmpty()) {
      return weight;
    }
    double[] values = labelWeights.get().stream().mapToDouble(Double::doubleValue).toArray();
    return tf.math.mul(weight, Numbers.cast(tf, tf.constant(values), Numbers.dtype(like)));
  }

  /** Returns x as a matrix with a column for each label that is counted apart. */
  private Operand<TNumber> matrix(Ops tf, Operand<TNumber> x) {
    return byLabel ? x : tf.reshape(x, tf.constant(new int[] {-1, 1}));
  }

  /** Returns the weights of one side that a decision falls on, as [thresholds, labels]. */
  private Operand<TNumber> count(
      Ops tf, Operand<TNumber> side, Operand<TNumber> outputs, boolean decision) {
    if (!even) {
      double[] values = thresholds.stream().mapToDouble(Double::doubleValue).toArray();
      Operand<TNumber> limits =
          tf.reshape(
              Numbers.cast(tf, tf.constant(values), Numbers.dtype(outputs)),
              tf.constant(new int[] {-1, 1, 1}));
      Operand<TNumber> above =
          Targets.number(tf, tf.math.greater(outputs, limits), Numbers.dtype(side));
      Operand<TNumber> chosen = decision ? above : tf.math.sub(tf.onesLike(above), above);
      return tf.sum(tf.math.mul(chosen, side), tf.constant(1));
    }
    Operand<TNumber> above = sorted(tf, side, outputs);
    return decision ? above : tf.math.sub(tf.sum(side, tf.constant(0)), above);
  }

  /**
   * Returns the weights above each threshold: outputs fall into the bucket below the next
   * threshold, and buckets are added up from the last on.
   */
  private Operand<TNumber> sorted(Ops tf, Operand<TNumber> side, Operand<TNumber> outputs) {
    int n = thresholds.size();
    Operand<TNumber> zero = Numbers.constant(tf, outputs, 0);
    Operand<TNumber> one = Numbers.constant(tf, outputs, 1);
    Operand<TNumber> p = tf.math.minimum(tf.math.maximum(outputs, zero), one);
    Operand<TNumber> bucket =
        tf.math.sub(tf.math.ceil(tf.math.mul(p, Numbers.constant(tf, outputs, n - 1))), one);
    if (thresholds.get(0) < 0) {
      bucket = tf.math.maximum(bucket, zero); // an output of 0 is above the first threshold
    }
    int labels = byLabel ? Math.toIntExact(Targets.last(outputs)) : 1;
    Operand<TInt32> ids = Numbers.as(Numbers.cast(tf, bucket, DType.INT32));
    Operand<TInt32> of = tf.constant(IntStream.range(0, labels).map(i -> i * n).toArray());
    Operand<TInt32> shifted =
        tf.select(tf.math.less(ids, tf.constant(0)), ids, tf.math.add(ids, of));
    Operand<TNumber> sums = tf.math.unsortedSegmentSum(side, shifted, tf.constant(n * labels));
    Operand<TNumber> above =
        tf.math.cumsum(
            tf.reshape(sums, tf.constant(new int[] {labels, n})),
            tf.constant(1),
            Cumsum.reverse(true));
    return tf.linalg.transpose(above, tf.constant(new int[] {1, 0}));
  }
}
