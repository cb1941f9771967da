package dev.ibex.ops;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.nn.TopK;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * Places of elements along the last axis, and the elements there. TensorFlow has no derivative of
 * its sorting, but has one of taking elements.
 */
final class Sorted {
  private Sorted() {}

  /** Returns the places of the largest elements, largest first; equals in their order. */
  static Operand<TInt32> largest(Ops tf, Operand<TNumber> x, Operand<TInt32> k) {
    return tf.nn.topK(x, k, TInt32.class, TopK.sorted(true)).indices();
  }

  /** Returns the places of all elements, smallest first; equals in their order. */
  static Operand<TInt32> places(Ops tf, Operand<TNumber> x) {
    int last = x.shape().numDimensions() - 1;
    return largest(tf, reversed(tf, x), Sizes.at(tf, x, last));
  }

  /** Returns numbers in the opposite order: no whole number overflows. */
  private static Operand<TNumber> reversed(Ops tf, Operand<TNumber> x) {
    DType type = Numbers.dtype(x);
    if (type.isFloating()) {
      return tf.math.neg(x);
    }
    boolean small = type == DType.BOOL || type == DType.UINT8 || type == DType.UINT16;
    Operand<TNumber> whole = small ? Numbers.cast(tf, x, DType.INT32) : x;
    return tf.math.sub(Sizes.like(tf, whole, -1), whole);
  }

  /** Returns the elements along the last axis, smallest first. */
  static Operand<TNumber> ascending(Ops tf, Operand<TNumber> x) {
    return along(tf, x, places(tf, x));
  }

  /**
   * Returns the elements at places along the last axis.
   *
   * @param places of the shape of x but for the last axis; not negative
   */
  static Operand<TNumber> along(Ops tf, Operand<TNumber> x, Operand<TInt32> places) {
    int last = x.shape().numDimensions() - 1;
    Operand<TInt32> size = Sizes.at(tf, x, last);
    Operand<TInt32> count = Sizes.at(tf, places, last);
    Operand<TInt32> rows = tf.reshape(places, Sizes.join(tf, tf.constant(-1), count));
    Operand<TInt32> begins =
        tf.math.mul(tf.range(tf.constant(0), Sizes.at(tf, rows, 0), tf.constant(1)), size);
    Operand<TInt32> all = tf.math.add(rows, tf.expandDims(begins, tf.constant(1)));
    Operand<TNumber> found = tf.gather(Sizes.flat(tf, x), all, tf.constant(0));
    return tf.reshape(found, Sizes.of(tf, places));
  }
}
