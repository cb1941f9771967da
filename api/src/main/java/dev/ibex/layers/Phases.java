package dev.ibex.layers;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.StridedSlice;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Dilated convolutions with channels last, out of plain ones: without steps and dilation. */
final class Phases {
  private Phases() {}

  /**
   * Emits a convolution: the plain one over each phase of the dilated windows, and of its result
   * what the steps hit.
   *
   * @param plain a convolution without padding
   */
  static Operand<TNumber> of(
      Ops tf, Operand<TNumber> x, Windows w, UnaryOperator<Operand<TNumber>> plain) {
    List<Operand<TInt32>> paddings = new ArrayList<>();
    List<Operand<TInt32>> crops = new ArrayList<>();
    for (int i = 0; i < w.size().size(); i++) {
      Operand<TInt32> size = Dims.size(tf, x, i + 1);
      Operand<TInt32> missing = missing(tf, size, w, i);
      Operand<TInt32> before = tf.math.floorDiv(missing, tf.constant(2));
      Operand<TInt32> rest = rest(tf, tf.math.add(size, missing), w.dilation().get(i));
      paddings.add(tf.stack(List.of(before, tf.math.add(tf.math.sub(missing, before), rest))));
      crops.add(tf.stack(List.of(tf.constant(0), rest)));
    }
    return stepped(tf, phases(tf, x, w, paddings, plain, crops), w);
  }

  /**
   * Emits a transposed convolution without steps: the plain one over each phase of the places that
   * the dilated windows reach.
   *
   * @param plain a transposed convolution with all that its windows reach
   */
  static Operand<TNumber> transposed(
      Ops tf, Operand<TNumber> x, Windows w, UnaryOperator<Operand<TNumber>> plain) {
    List<Operand<TInt32>> paddings = new ArrayList<>();
    List<Operand<TInt32>> crops = new ArrayList<>();
    for (int i = 0; i < w.size().size(); i++) {
      int beyond = w.padding() == Padding.VALID ? 0 : w.span(i) - 1;
      Operand<TInt32> rest = rest(tf, Dims.size(tf, x, i + 1), w.dilation().get(i));
      Operand<TInt32> after = tf.math.add(rest, tf.constant(beyond - beyond / 2));
      paddings.add(tf.stack(List.of(tf.constant(0), rest)));
      crops.add(tf.stack(List.of(tf.constant(beyond / 2), after)));
    }
    return phases(tf, x, w, paddings, plain, crops);
  }

  private static Operand<TNumber> phases(
      Ops tf,
      Operand<TNumber> x,
      Windows w,
      List<Operand<TInt32>> paddings,
      UnaryOperator<Operand<TNumber>> plain,
      List<Operand<TInt32>> crops) {
    Operand<TInt32> block =
        tf.constant(w.dilation().stream().mapToInt(Integer::intValue).toArray());
    Operand<TNumber> y = plain.apply(tf.spaceToBatchNd(x, block, tf.stack(paddings)));
    return tf.batchToSpaceNd(y, block, tf.stack(crops));
  }

  /** Returns what a size lacks to a multiple of a number. */
  private static Operand<TInt32> rest(Ops tf, Operand<TInt32> size, int of) {
    return tf.math.floorMod(tf.math.neg(size), tf.constant(of));
  }

  /** Returns how many zeros an axis of the given size lacks before and after it, together. */
  private static Operand<TInt32> missing(Ops tf, Operand<TInt32> size, Windows w, int i) {
    if (w.padding() == Padding.VALID) {
      return tf.constant(0);
    }
    int step = w.strides().get(i);
    Operand<TInt32> beyond = tf.math.add(rest(tf, size, step), tf.constant(w.span(i) - step));
    return tf.math.maximum(beyond, tf.constant(0));
  }

  private static Operand<TNumber> stepped(Ops tf, Operand<TNumber> y, Windows w) {
    if (Collections.max(w.strides()) == 1) {
      return y;
    }
    int[] steps = Windows.ofAllAxes(w.strides()).stream().mapToInt(Long::intValue).toArray();
    long allAxes = (1L << steps.length) - 1;
    Operand<TInt32> none = tf.constant(new int[steps.length]);
    return tf.stridedSlice(
        y,
        none,
        none,
        tf.constant(steps),
        StridedSlice.beginMask(allAxes),
        StridedSlice.endMask(allAxes));
  }
}
