package dev.ibex.losses;

import dev.ibex.core.Extra;
import dev.ibex.core.Records;
import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * -log(p[t]): for outputs that choose one of several classes, with class numbers as targets.
 *
 * <p>Output {@code [..., classes]}; target {@code [...]} or {@code [..., 1]}, whole numbers from 0
 * in any type. Where the output comes straight from a softmax, its logits are used; else p is
 * clipped to [1e-7, 1 - 1e-7] and divided by its sum. Source: {@code
 * keras.losses.SparseCategoricalCrossentropy}.
 *
 * @param options name, reduction, type
 * @param fromLogits whether outputs are logits instead of probabilities
 * @param ignoreClass a class number, also a negative one, whose places cost 0 and are left out of
 *     the mean; empty for none. With it, p is taken from the probabilities in any case
 * @param axis the axis of the classes
 */
public record SparseCategoricalCrossentropy(
    LossOptions options, boolean fromLogits, Optional<Integer> ignoreClass, @Extra int axis)
    implements ConfiguredLoss<SparseCategoricalCrossentropy> {
  /** Returns the loss with Keras's defaults: probabilities, no ignored class, the last axis. */
  public static SparseCategoricalCrossentropy of() {
    return new SparseCategoricalCrossentropy(
        LossOptions.of("sparse_categorical_crossentropy"), false, Optional.empty(), -1);
  }

  /** Returns this loss for outputs that are logits, or not; default false. */
  public SparseCategoricalCrossentropy fromLogits(boolean on) {
    return Records.with(this, "fromLogits", on);
  }

  /** Returns this loss without the places of a class; default none. */
  public SparseCategoricalCrossentropy ignoreClass(int number) {
    return Records.with(this, "ignoreClass", Optional.of(number));
  }

  /** Returns this loss with the classes along another axis; default -1. */
  public SparseCategoricalCrossentropy axis(int axis) {
    return Records.with(this, "axis", axis);
  }

  @Override
  public boolean integerTargets() {
    return true;
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    Operand<TNumber> t = withoutAxis(tf, yTrue, yPred);
    Operand<TNumber> p = yPred;
    if (ignoreClass.isPresent()) {
      Operand<TBool> counts = counts(tf, t);
      t = tf.select(counts, t, tf.zerosLike(t));
      p = tf.select(tf.expandDims(counts, tf.constant(axis)), p, tf.zerosLike(p));
    }
    Operand<TInt64> labels = Numbers.as(Numbers.cast(tf, t, DType.INT64));
    Operand<TNumber> values = Crossentropies.sparse(tf, labels, p, fromLogits, axis);
    return ignoreClass.isPresent()
        ? tf.select(counts(tf, withoutAxis(tf, yTrue, yPred)), values, tf.zerosLike(values))
        : values;
  }

  @Override
  public Optional<Operand<TBool>> mask(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> values) {
    return ignoreClass.isPresent()
        ? Optional.of(tf.reshape(counts(tf, yTrue), tf.shape(values)))
        : Optional.empty();
  }

  private Operand<TBool> counts(Ops tf, Operand<TNumber> t) {
    return tf.math.notEqual(t, Numbers.constant(tf, t, ignoreClass.orElseThrow()));
  }

  private Operand<TNumber> withoutAxis(Ops tf, Operand<TNumber> t, Operand<TNumber> yPred) {
    int rank = yPred.shape().numDimensions();
    int at = axis < 0 ? axis + rank : axis;
    boolean column = t.shape().numDimensions() == rank && t.shape().get(at) == 1;
    return column ? tf.squeeze(t, Squeeze.axis(List.of((long) at))) : t;
  }

  @Override
  public void check(String output, Array target, Shape outputShape) {
    OptionalLong ignored =
        ignoreClass.map(Integer::longValue).map(OptionalLong::of).orElse(OptionalLong.empty());
    TargetCheck.labels("SparseCategoricalCrossentropy", output, target, outputShape, axis, ignored);
  }
}
