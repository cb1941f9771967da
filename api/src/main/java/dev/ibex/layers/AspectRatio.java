package dev.ibex.layers;

import dev.ibex.graph.DType;
import dev.ibex.graph.Numbers;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Stack;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/**
 * The part of images, or what they are a part of, that has the height and width of a target but for
 * one factor. Images have their channels last.
 *
 * @param precision the type in which Keras divides the sizes
 */
record AspectRatio(int height, int width, DType precision) {

  /** Emits the largest such part, from the middle. */
  Operand<TNumber> cropped(Ops tf, Operand<TNumber> x) {
    Operand<TInt32> h = Dims.size(tf, x, 1);
    Operand<TInt32> w = Dims.size(tf, x, 2);
    Operand<TInt32> rows = part(tf, h, scaled(tf, w, height, width));
    Operand<TInt32> columns = part(tf, w, scaled(tf, h, width, height));
    Operand<TInt32> none = tf.constant(0);
    Operand<TInt32> all = tf.constant(-1);
    return tf.slice(
        x,
        tf.stack(List.of(none, half(tf, h, rows), half(tf, w, columns), none)),
        tf.stack(List.of(all, rows, columns, all)));
  }

  /** Emits the images in the middle of the smallest such ones; of an odd rest, one is left out. */
  Operand<TNumber> padded(Ops tf, Operand<TNumber> x, double fill) {
    Operand<TInt32> h = Dims.size(tf, x, 1);
    Operand<TInt32> w = Dims.size(tf, x, 2);
    Operand<TInt32> rows = tf.math.maximum(h, scaled(tf, w, height, width));
    Operand<TInt32> columns = tf.math.maximum(w, scaled(tf, h, width, height));
    Operand<TInt32> none = tf.constant(0);
    Operand<TInt32> ends = tf.stack(List.of(none, half(tf, rows, h), half(tf, columns, w), none));
    return tf.pad(x, tf.stack(List.of(ends, ends), Stack.axis(1L)), Numbers.constant(tf, x, fill));
  }

  private static Operand<TInt32> part(Ops tf, Operand<TInt32> size, Operand<TInt32> fitting) {
    return tf.math.maximum(tf.math.minimum(size, fitting), tf.constant(1));
  }

  private Operand<TInt32> scaled(Ops tf, Operand<TInt32> size, int by, int over) {
    Operand<TNumber> product = Numbers.cast(tf, tf.math.mul(size, tf.constant(by)), precision);
    return tf.dtypes.cast(
        tf.math.div(product, Numbers.constant(tf, precision, over)), TInt32.class);
  }

  private static Operand<TInt32> half(Ops tf, Operand<TInt32> larger, Operand<TInt32> smaller) {
    return tf.math.floorDiv(tf.math.sub(larger, smaller), tf.constant(2));
  }
}
