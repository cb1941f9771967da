package dev.ibex.losses;

import dev.ibex.graph.Array;
import dev.ibex.graph.DType;
import dev.ibex.graph.Gradients;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Squeeze;
import org.tensorflow.types.TBool;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.family.TNumber;

/**
 * -log of the probability that steps of class scores read as a sequence of labels, whatever their
 * timing: repeated classes count once, and class 0, the blank, not at all.
 *
 * <p>Output {@code [batch, steps, classes]}, logits; target {@code [batch, labels]}, class numbers
 * from 1, filled up with 0 at the end. A target needs as many steps as it has labels, and one more
 * for each label that equals the one before it. TensorFlow has no XLA kernel for it. Source: {@code
 * keras.losses.CTC}; Graves et al., 2006.
 *
 * @param options name, reduction, type
 */
public record CTC(LossOptions options) implements ConfiguredLoss<CTC> {
  /** Returns the loss with Keras's defaults. */
  public static CTC of() {
    return new CTC(LossOptions.of("ctc"));
  }

  @Override
  public boolean integerTargets() {
    return true;
  }

  @Override
  public Operand<TNumber> values(Ops tf, Operand<TNumber> yTrue, Operand<TNumber> yPred) {
    DType dtype = Numbers.dtype(yPred);
    Operand<TNumber> x = dtype.bytes() < 4 ? Numbers.cast(tf, yPred, DType.FLOAT32) : yPred;
    Operand<TInt32> labels = Numbers.as(Numbers.cast(tf, yTrue, DType.INT32));
    Operand<TInt32> zero = tf.constant(0);
    Operand<TBool> empty =
        tf.math.logicalNot(tf.reduceAny(tf.math.notEqual(labels, zero), tf.constant(1)));
    Operand<TNumber> read = read(tf, firstOfEmpty(tf, labels, empty), x);
    Operand<TNumber> first = tf.squeeze(column(tf, x, 0, 1), Squeeze.axis(List.of(2L)));
    Operand<TInt64> blanks = Numbers.as(Numbers.cast(tf, tf.zerosLike(first), DType.INT64));
    Operand<TNumber> blank =
        Tensors.sum(tf, Crossentropies.sparse(tf, blanks, x, !Gradients.REGISTRABLE), 1);
    return Numbers.cast(tf, tf.select(empty, blank, read), dtype);
  }

  /** The op refuses empty targets: these get a label, and another value afterwards. */
  private static Operand<TInt32> firstOfEmpty(
      Ops tf, Operand<TInt32> labels, Operand<TBool> empty) {
    Operand<TInt32> place = tf.math.cumsum(tf.onesLike(labels), tf.constant(1));
    Operand<TBool> first = tf.math.equal(place, tf.constant(1));
    Operand<TBool> fill = tf.math.logicalAnd(first, tf.expandDims(empty, tf.constant(1)));
    return tf.select(fill, tf.constant(1), labels);
  }

  /** Returns the op's values; its blank is the last class, and its steps come first. */
  private static Operand<TNumber> read(Ops tf, Operand<TInt32> labels, Operand<TNumber> x) {
    Operand<TNumber> rolled =
        tf.concat(List.of(column(tf, x, 1, -1), column(tf, x, 0, 1)), tf.constant(2));
    Operand<TInt64> places = tf.where(tf.math.notEqual(labels, tf.constant(0)));
    Operand<TInt32> values = tf.math.sub(tf.gatherNd(labels, places), tf.constant(1));
    Operand<TInt32> size = tf.shape(x);
    Operand<TInt32> batch = tf.slice(size, tf.constant(new int[] {0}), tf.constant(new int[] {1}));
    Operand<TInt32> steps = tf.slice(size, tf.constant(new int[] {1}), tf.constant(new int[] {1}));
    Operand<TInt32> lengths = tf.broadcastTo(steps, batch);
    return tf.nn
        .ctcLoss(
            tf.linalg.transpose(rolled, tf.constant(new int[] {1, 0, 2})), places, values, lengths)
        .loss();
  }

  private static Operand<TNumber> column(Ops tf, Operand<TNumber> x, int from, int count) {
    return tf.slice(x, tf.constant(new int[] {0, 0, from}), tf.constant(new int[] {-1, -1, count}));
  }

  @Override
  public void check(String output, Array target, Shape outputShape) {
    TargetCheck.sequences("CTC", output, target, outputShape);
  }
}
