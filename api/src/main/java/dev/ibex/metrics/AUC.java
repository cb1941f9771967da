package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.Extra;
import dev.ibex.core.Key;
import dev.ibex.core.Records;
import dev.ibex.core.Value;
import dev.ibex.core.WeightSpec;
import dev.ibex.core.Weighting;
import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.family.TNumber;

/**
 * The area under a curve that is drawn by moving the threshold between yes and no.
 *
 * <p>Target and output have one shape, targets are 0 or 1, outputs from 0 to 1. Weights are for
 * each sample or element; the output's mask is not looked at. Source: {@code keras.metrics.AUC}.
 *
 * @param options name, type
 * @param numThresholds how many thresholds there are, from just below 0 to just above 1
 * @param curve what is drawn
 * @param summationMethod how the area between two thresholds is found
 * @param multiLabel whether each label has a curve of its own; the areas are then averaged. The
 *     output has the shape {@code [batch, labels]}
 * @param numLabels how many labels there must be with {@code multiLabel}; empty where the output
 *     says it
 * @param labelWeights a weight for each label: of its area with {@code multiLabel}, else of its
 *     elements; empty for equal ones
 * @param fromLogits whether outputs are logits
 * @param thresholds the thresholds between 0 and 1, sorted; empty for equal steps
 */
public record AUC(
    MetricOptions options,
    int numThresholds,
    Curve curve,
    Summation summationMethod,
    boolean multiLabel,
    Optional<Integer> numLabels,
    Optional<List<Double>> labelWeights,
    boolean fromLogits,
    @Extra Optional<List<Double>> thresholds)
    implements ConfiguredMetric<AUC> {
  /** What is drawn. */
  public enum Curve {
    /** The rate of yeses that are found over the rate of noes that are not. */
    @Key("ROC")
    ROC,
    /** Precision over recall. */
    @Key("PR")
    PR,
    /** The gain in precision over the gain in recall (Flach and Kull, 2015). */
    @Key("PRGAIN")
    PRGAIN
  }

  /** How the area between two thresholds is found. */
  public enum Summation {
    /** By a straight line; for {@link Curve#PR} between the counts (Davis and Goadrich, 2006). */
    INTERPOLATION,
    /** By the larger of the two heights. */
    MAJORING,
    /** By the smaller of the two heights. */
    MINORING
  }

  /** Checks the options and sorts the thresholds. */
  public AUC {
    Thresholds.check(thresholds);
    thresholds = thresholds.map(all -> all.stream().sorted().toList());
    numThresholds = thresholds.map(all -> all.size() + 2).orElse(numThresholds);
    Check.that(numThresholds > 1, "numThresholds: expected 2 or more, got %d", numThresholds);
    Check.that(
        numLabels.isEmpty() || multiLabel,
        "numLabels: it has no effect without multiLabel; leave it out");
  }

  /** Returns the metric with Keras's defaults: 200 thresholds, ROC, interpolation. */
  public static AUC of() {
    return new AUC(
        MetricOptions.of("auc"),
        200,
        Curve.ROC,
        Summation.INTERPOLATION,
        false,
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty());
  }

  /** Returns this metric with another number of thresholds in equal steps; default 200. */
  public AUC numThresholds(int n) {
    return Records.with(Records.with(this, "thresholds", Optional.empty()), "numThresholds", n);
  }

  /** Returns this metric of another curve; default {@link Curve#ROC}. */
  public AUC curve(Curve curve) {
    return Records.with(this, "curve", curve);
  }

  /** Returns this metric with another way to add up; default {@link Summation#INTERPOLATION}. */
  public AUC summationMethod(Summation method) {
    return Records.with(this, "summationMethod", method);
  }

  /** Returns this metric with a curve for each label, or not; default false. */
  public AUC multiLabel(boolean on) {
    return Records.with(this, "multiLabel", on);
  }

  /** Returns this metric for a number of labels; set {@link #multiLabel(boolean)} first. */
  public AUC numLabels(int n) {
    return Records.with(this, "numLabels", Optional.of(n));
  }

  /** Returns this metric with a weight for each label; default equal ones. */
  public AUC labelWeights(double... weights) {
    return Records.with(this, "labelWeights", Optional.of(Arrays.stream(weights).boxed().toList()));
  }

  /** Returns this metric for outputs that are logits, or not; default false. */
  public AUC fromLogits(boolean on) {
    return Records.with(this, "fromLogits", on);
  }

  /** Returns this metric with other thresholds between 0 and 1; default equal steps. */
  public AUC thresholds(double... thresholds) {
    return Records.with(this, "thresholds", Thresholds.of(thresholds));
  }

  private OutcomeCounts counts() {
    List<Double> limits = Thresholds.spaced(numThresholds, -Targets.EPSILON, 1 + Targets.EPSILON);
    boolean even = true;
    if (thresholds.isPresent()) {
      List<Double> whole = new ArrayList<>(thresholds.get());
      whole.add(0, 0.0);
      whole.add(1.0);
      even = Thresholds.even(whole);
      for (int i = 1; i < limits.size() - 1; i++) {
        limits.set(i, whole.get(i));
      }
    }
    return new OutcomeCounts(
        name(),
        limits,
        even,
        Optional.empty(),
        Optional.empty(),
        multiLabel,
        multiLabel ? Optional.empty() : labelWeights);
  }

  @Override
  public List<WeightSpec> state(Shape yTrue, Shape yPred) {
    List<WeightSpec> state = counts().state(Outcome.ALL, yTrue, yPred);
    long labels = yPred.numDimensions() == 0 ? 1 : yPred.get(-1);
    sameSize("numLabels", numLabels, labels);
    sameSize("labelWeights", labelWeights.map(List::size), labels);
    return state;
  }

  private void sameSize(String option, Optional<Integer> given, long labels) {
    Check.that(
        given.isEmpty() || labels < 0 || given.get() == labels,
        "%s: %s is for %d labels, but the output has %d",
        name(),
        option,
        given.orElse(0),
        labels);
  }

  @Override
  public List<Operand<TNumber>> update(Batch batch) {
    if (!fromLogits) {
      return counts().update(Outcome.ALL, batch);
    }
    Operand<TNumber> p = batch.tf().math.sigmoid(Numbers.of(batch.yPred().tensor()));
    Value value = new Value(p, batch.yPred().mask());
    return counts()
        .update(
            Outcome.ALL,
            new Batch(batch.tf(), batch.state(), batch.yTrue(), value, batch.sampleWeight()));
  }

  @Override
  public Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    boolean counts = curve == Curve.PR && summationMethod == Summation.INTERPOLATION;
    Operand<TNumber> areas = counts ? betweenCounts(tf, state) : underCurve(tf, state);
    Operand<TNumber> area = tf.sum(areas, tf.constant(0));
    if (!multiLabel) {
      return area;
    }
    if (labelWeights.isEmpty()) {
      return tf.math.mean(area, tf.constant(0));
    }
    double[] values = labelWeights.get().stream().mapToDouble(Double::doubleValue).toArray();
    Operand<TNumber> w = Numbers.cast(tf, tf.constant(values), Numbers.dtype(area));
    return tf.math.divNoNan(Weighting.sum(tf, tf.math.mul(area, w)), Weighting.sum(tf, w));
  }

  private Operand<TNumber> underCurve(Ops tf, List<Operand<TNumber>> state) {
    Operand<TNumber> tp = Outcome.TRUE_POSITIVES.in(state);
    Operand<TNumber> fp = Outcome.FALSE_POSITIVES.in(state);
    Operand<TNumber> tn = Outcome.TRUE_NEGATIVES.in(state);
    Operand<TNumber> fn = Outcome.FALSE_NEGATIVES.in(state);
    Operand<TNumber> recall = Targets.part(tf, tp, fn);
    return switch (curve) {
      case ROC -> strips(tf, Targets.part(tf, fp, tn), recall);
      case PR -> strips(tf, recall, Targets.part(tf, tp, fp));
      case PRGAIN -> {
        Operand<TNumber> odds = tf.math.divNoNan(tf.math.add(tp, fn), tf.math.add(tn, fp));
        Operand<TBool> none = tf.math.equal(tp, tf.zerosLike(tp));
        Operand<TNumber> x = tf.select(none, tf.zerosLike(tp), gain(tf, odds, fn, tp));
        Operand<TNumber> y = tf.select(none, tf.onesLike(tp), gain(tf, odds, fp, tp));
        yield strips(tf, tf.math.maximum(x, tf.zerosLike(x)), y);
      }
    };
  }

  private static Operand<TNumber> gain(
      Ops tf, Operand<TNumber> odds, Operand<TNumber> wrong, Operand<TNumber> right) {
    return tf.math.sub(tf.onesLike(odds), tf.math.mul(odds, tf.math.divNoNan(wrong, right)));
  }

  /** Returns the area between each two thresholds. */
  private Operand<TNumber> strips(Ops tf, Operand<TNumber> x, Operand<TNumber> y) {
    Operand<TNumber> left = upper(tf, y);
    Operand<TNumber> right = lower(tf, y);
    Operand<TNumber> height =
        switch (summationMethod) {
          case MAJORING -> tf.math.maximum(left, right);
          case MINORING -> tf.math.minimum(left, right);
          case INTERPOLATION ->
              tf.math.div(tf.math.add(left, right), Numbers.constant(tf, left, 2));
        };
    return tf.math.mul(tf.math.sub(upper(tf, x), lower(tf, x)), height);
  }

  /** Returns the area between each two thresholds, along which the counts are straight lines. */
  private Operand<TNumber> betweenCounts(Ops tf, List<Operand<TNumber>> state) {
    Operand<TNumber> tp = Outcome.TRUE_POSITIVES.in(state);
    Operand<TNumber> all = tf.math.add(tp, Outcome.FALSE_POSITIVES.in(state));
    Operand<TNumber> a = upper(tf, all);
    Operand<TNumber> b = lower(tf, all);
    Operand<TNumber> zero = tf.zerosLike(a);
    Operand<TNumber> rise = tf.math.sub(upper(tf, tp), lower(tf, tp));
    Operand<TNumber> slope = tf.math.divNoNan(rise, tf.math.maximum(tf.math.sub(a, b), zero));
    Operand<TNumber> intercept = tf.math.sub(lower(tf, tp), tf.math.mul(slope, b));
    Operand<TNumber> ratio =
        tf.select(
            tf.math.logicalAnd(tf.math.greater(a, zero), tf.math.greater(b, zero)),
            tf.math.divNoNan(a, tf.math.maximum(b, zero)),
            tf.onesLike(b));
    Operand<TNumber> sum = tf.math.add(rise, tf.math.mul(intercept, tf.math.log(ratio)));
    Operand<TNumber> labels =
        tf.math.add(lower(tf, tp), lower(tf, Outcome.FALSE_NEGATIVES.in(state)));
    return tf.math.divNoNan(tf.math.mul(slope, sum), tf.math.maximum(labels, zero));
  }

  /** Returns all thresholds but the last. */
  private Operand<TNumber> upper(Ops tf, Operand<TNumber> x) {
    return part(tf, x, 0);
  }

  /** Returns all thresholds but the first. */
  private Operand<TNumber> lower(Ops tf, Operand<TNumber> x) {
    return part(tf, x, 1);
  }

  private Operand<TNumber> part(Ops tf, Operand<TNumber> x, int from) {
    int[] begin = multiLabel ? new int[] {from, 0} : new int[] {from};
    int[] size = multiLabel ? new int[] {numThresholds - 1, -1} : new int[] {numThresholds - 1};
    return tf.slice(x, tf.constant(begin), tf.constant(size));
  }

  @Override
  public boolean largerIsBetter() {
    return true;
  }
}
