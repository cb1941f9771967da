package dev.ibex.ops;

import dev.ibex.graph.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TInt32;
import org.tensorflow.types.family.TNumber;

/** Sizes of tensors while ops are emitted: constants where they are known, computed elsewhere. */
final class Sizes {
  private Sizes() {}

  /** Returns all sizes of a tensor. */
  static Operand<TInt32> of(Ops tf, Operand<?> x) {
    return x.shape().hasUnknownDimension() ? tf.shape(x) : constant(tf, x.shape());
  }

  private static Operand<TInt32> constant(Ops tf, Shape shape) {
    return tf.constant(Arrays.stream(shape.asArray()).mapToInt(Math::toIntExact).toArray());
  }

  /** Returns the size of one axis. */
  static Operand<TInt32> at(Ops tf, Operand<?> x, int axis) {
    long size = x.shape().get(axis);
    return size >= 0
        ? tf.constant((int) size)
        : tf.gather(tf.shape(x), tf.constant(axis), tf.constant(0));
  }

  /** Returns the sizes of the axes from {@code from} to before {@code to}. */
  static Operand<TInt32> between(Ops tf, Operand<?> x, int from, int to) {
    Shape part = x.shape().subShape(from, to);
    return part.hasUnknownDimension()
        ? tf.slice(tf.shape(x), tf.constant(new int[] {from}), tf.constant(new int[] {to - from}))
        : constant(tf, part);
  }

  /** Returns sizes one after the other: those of one axis each, or of several. */
  @SafeVarargs
  static Operand<TInt32> join(Ops tf, Operand<TInt32>... parts) {
    List<Operand<TInt32>> all = new ArrayList<>();
    for (Operand<TInt32> p : parts) {
      all.add(p.shape().numDimensions() == 0 ? tf.expandDims(p, tf.constant(0)) : p);
    }
    return tf.concat(all, tf.constant(0));
  }

  /** Returns the elements in another shape, of which one size may be -1. */
  static Operand<TNumber> reshape(Ops tf, Operand<TNumber> x, int... sizes) {
    return tf.reshape(x, tf.constant(sizes));
  }

  /** Returns the elements in one axis. */
  static Operand<TNumber> flat(Ops tf, Operand<TNumber> x) {
    return reshape(tf, x, -1);
  }

  /** Returns the axes in another order. */
  static Operand<TNumber> permute(Ops tf, Operand<TNumber> x, int[] order) {
    return Arrays.equals(order, IntStream.range(0, order.length).toArray())
        ? x
        : tf.linalg.transpose(x, tf.constant(order));
  }

  /** Returns the order of axes that has some of them last, in their order. */
  static int[] last(int rank, int... axes) {
    List<Integer> gone = Arrays.stream(axes).boxed().toList();
    IntStream others = IntStream.range(0, rank).filter(i -> !gone.contains(i));
    return IntStream.concat(others, Arrays.stream(axes)).toArray();
  }

  /** Returns the order that undoes another one. */
  static int[] inverse(int[] order) {
    int[] inverse = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      inverse[order[i]] = i;
    }
    return inverse;
  }

  /** Returns a constant of the type of x. */
  static Operand<TNumber> like(Ops tf, Operand<TNumber> x, double value) {
    return Numbers.constant(tf, x, value);
  }
}
