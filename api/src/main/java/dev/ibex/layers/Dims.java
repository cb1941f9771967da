package dev.ibex.layers;

import java.util.ArrayList;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;

/** Sizes as tensors, for shapes of which some axes are known only when the graph runs. */
final class Dims {
  private Dims() {}

  /** Returns the size of an axis of x. */
  static Operand<TInt32> size(Ops tf, Operand<?> x, int axis) {
    long known = x.shape().get(axis);
    return known >= 0
        ? tf.constant((int) known)
        : tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
  }

  /** Returns the sizes of the axes of x from {@code from} on. */
  static List<Operand<TInt32>> sizes(Ops tf, Operand<?> x, int from) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (int i = from; i < x.shape().numDimensions(); i++) {
      sizes.add(size(tf, x, i));
    }
    return sizes;
  }

  /** Returns a shape, each -1 in it replaced by the size that x has there. */
  static Operand<TInt32> of(Ops tf, Operand<?> x, Shape shape) {
    List<Operand<TInt32>> sizes = new ArrayList<>();
    for (long size : shape.asArray()) {
      sizes.add(size < 0 ? size(tf, x, sizes.size()) : tf.constant((int) size));
    }
    return stack(tf, sizes);
  }

  /** Returns sizes as a shape. */
  static Operand<TInt32> stack(Ops tf, List<Operand<TInt32>> sizes) {
    return tf.stack(sizes);
  }
}
