package dev.ibex.metrics;

import dev.ibex.core.Check;
import dev.ibex.core.MeanMetric;
import dev.ibex.core.Metric;
import dev.ibex.core.Shapes;
import dev.ibex.core.TensorSpec;
import dev.ibex.core.WeightSpec;
import dev.ibex.core.Weighting;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The mean over some classes of intersection over union: where target and output both say a class,
 * divided by where one of them does. Classes that neither says are left out.
 *
 * <p>The state is a confusion matrix of an integer type; weights are rounded towards 0 to it, so
 * take {@code dtype(FLOAT32)} for weights with fractions. Numbers outside of the classes are left
 * out; the output's mask is not looked at.
 *
 * @param <M> the metric's own class
 */
public interface OverlapMetric<M extends Metric> extends ConfiguredMetric<M> {
  /** Returns how many classes there are. */
  int numClasses();

  /** Returns the classes whose mean is reported; by default all. */
  default List<Integer> targetClassIds() {
    return IntStream.range(0, numClasses()).boxed().toList();
  }

  /** Returns a class of targets that are left out; empty for none. */
  default Optional<Integer> ignoreClass() {
    return Optional.empty();
  }

  /** Returns whether targets are class numbers instead of scores for each class. */
  default boolean sparseYTrue() {
    return true;
  }

  /** Returns whether outputs are class numbers instead of scores for each class. */
  default boolean sparseYPred() {
    return true;
  }

  /** Returns the axis of the scores. */
  default int axis() {
    return -1;
  }

  /** Returns the options with a name: the state is of type int64. */
  static MetricOptions options(String name) {
    return new MetricOptions(name, DType.INT64);
  }

  /** Checks class numbers. */
  static void check(int numClasses, List<Integer> targetClassIds) {
    Check.positive("numClasses", numClasses);
    Check.that(
        !targetClassIds.isEmpty()
            && targetClassIds.stream().allMatch(i -> i >= 0 && i < numClasses),
        "targetClassIds: expected one or more class numbers from 0 to %d, got %s",
        numClasses - 1,
        targetClassIds);
  }

  @Override
  default List<WeightSpec> state(Shape yTrue, Shape yPred) {
    Shape t = withoutClasses(yTrue, sparseYTrue());
    Shape p = withoutClasses(yPred, sparseYPred());
    Check.that(
        Shapes.alike(t, p),
        "%s: expected classes of one shape from target and output, got %s and %s; scores of classes"
            + " are read with sparseYPred(false), one-hot targets with sparseYTrue(false)",
        name(),
        TensorSpec.text(t),
        TensorSpec.text(p));
    return List.of(
        MeanMetric.zeros("total_confusion_matrix", Shape.of(numClasses(), numClasses())));
  }

  private Shape withoutClasses(Shape shape, boolean sparse) {
    if (sparse) {
      return shape;
    }
    int at = Check.axis("axis", axis(), shape.numDimensions());
    return shape.take(at).append(shape.subShape(at + 1, shape.numDimensions()));
  }

  /** Returns the class numbers that outputs stand for. */
  default Operand<TNumber> chosen(Ops tf, Operand<TNumber> yPred) {
    return classes(tf, yPred, sparseYPred());
  }

  private Operand<TNumber> classes(Ops tf, Operand<TNumber> x, boolean sparse) {
    return Numbers.cast(tf, sparse ? x : Targets.argmax(tf, x, axis()), dtype());
  }

  @Override
  default List<Operand<TNumber>> update(Batch batch) {
    Ops tf = batch.tf();
    Operand<TNumber> yTrue = classes(tf, Numbers.of(batch.yTrue()), sparseYTrue());
    Operand<TNumber> t = flat(tf, yTrue);
    Operand<TNumber> p = flat(tf, chosen(tf, Numbers.of(batch.yPred().tensor())));
    Operand<TBool> counts = tf.math.logicalAnd(inside(tf, t), inside(tf, p));
    if (ignoreClass().isPresent()) {
      Operand<TNumber> ignored = Numbers.constant(tf, t, ignoreClass().get());
      counts = tf.math.logicalAnd(counts, tf.math.notEqual(t, ignored));
    }
    Operand<TNumber> weight =
        flat(
            tf,
            batch.sampleWeight().map(w -> Targets.spread(tf, w, yTrue)).orElse(tf.onesLike(yTrue)));
    Operand<TNumber> n = Numbers.constant(tf, t, numClasses());
    Operand<TInt32> cell =
        Numbers.as(Numbers.cast(tf, tf.math.add(tf.math.mul(t, n), p), DType.INT32));
    Operand<TInt32> cells = tf.select(counts, cell, tf.constant(-1)); // a negative one is dropped
    Operand<TNumber> matrix =
        tf.math.unsortedSegmentSum(weight, cells, tf.constant(numClasses() * numClasses()));
    Operand<TNumber> before = batch.state().get(0);
    return List.of(tf.math.add(before, tf.reshape(matrix, tf.shape(before))));
  }

  private static Operand<TNumber> flat(Ops tf, Operand<TNumber> x) {
    return tf.reshape(x, tf.constant(new int[] {-1}));
  }

  private Operand<TBool> inside(Ops tf, Operand<TNumber> x) {
    return tf.math.logicalAnd(
        tf.math.greaterEqual(x, tf.zerosLike(x)),
        tf.math.less(x, Numbers.constant(tf, x, numClasses())));
  }

  @Override
  default Operand<TNumber> result(Ops tf, List<Operand<TNumber>> state) {
    Operand<TNumber> matrix = state.get(0);
    Operand<TNumber> both = tf.linalg.tensorDiagPart(matrix);
    Operand<TNumber> said =
        tf.math.add(tf.sum(matrix, tf.constant(0)), tf.sum(matrix, tf.constant(1)));
    Operand<TNumber> shared = some(tf, both);
    Operand<TNumber> either = some(tf, tf.math.sub(said, both));
    Operand<TNumber> zero = tf.zerosLike(either);
    Operand<TNumber> epsilon = Numbers.constant(tf, either, Targets.EPSILON);
    Operand<TBool> met = tf.math.greater(either, Numbers.constant(tf, either, 1e-9));
    Operand<TNumber> parts =
        tf.select(met, tf.math.div(shared, tf.math.add(either, epsilon)), zero);
    Operand<TNumber> number = Weighting.sum(tf, Targets.number(tf, met));
    return tf.math.div(Weighting.sum(tf, parts), tf.math.add(number, epsilon));
  }

  private Operand<TNumber> some(Ops tf, Operand<TNumber> x) {
    int[] ids = targetClassIds().stream().mapToInt(Integer::intValue).toArray();
    return Numbers.cast(tf, tf.gather(x, tf.constant(ids), tf.constant(0)), DType.FLOAT32);
  }

  @Override
  default boolean largerIsBetter() {
    return true;
  }
}
